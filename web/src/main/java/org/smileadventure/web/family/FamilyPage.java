package org.smileadventure.web.family;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.page.Form;

/**
 * Who decides about a child, and what they consent to.
 *
 * @param openInvitations that can be accepted
 * @param problem why somebody who decides could not be removed; null: nothing is wrong
 * @param sharing of an own form, to share with another professional
 */
public record FamilyPage(
    Profile profile,
    List<Guardian> guardians,
    List<Invitation> openInvitations,
    List<Word> words,
    @Nullable String problem,
    Form form,
    Form inviting,
    Form sharing) {

  /**
   * Somebody who decides.
   *
   * @param since null: from the start
   */
  public record Guardian(long userId, String name, boolean parent, @Nullable Instant since) {}

  /** Somebody who was asked to decide. */
  public record Invitation(String id, String kind, String email, String state, Instant expiresAt) {}

  /** The last word about a purpose, and a recipient if it has one. */
  public record Consent(
      String purpose,
      @Nullable Long recipient,
      @Nullable String recipientName,
      boolean granted,
      Instant givenAt) {}

  /**
   * A purpose, with the word that counts.
   *
   * @param consent null: nobody has said anything about it
   */
  public record Word(
      String purpose, @Nullable Long recipient, @Nullable Consent consent, Form form) {
    public boolean isGranted() {
      return consent != null && consent.granted();
    }
  }
}
