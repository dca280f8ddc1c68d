package org.smileadventure.web.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.child.Child;
import org.smileadventure.web.page.Form;

/**
 * The report, with the links to it.
 *
 * @param pictures as SVG, by the API's names; null: one cannot be had now
 * @param links null: who looks does not decide who else may
 * @param made the link that was made just now; null: none
 * @param form of a new link
 */
public record ReportPage(
    Report report,
    Map<String, @Nullable String> pictures,
    @Nullable List<Link> links,
    @Nullable String made,
    Form form,
    Form revoking) {

  /** By a link that was given to somebody. */
  record Links(List<Link> items) {}

  /**
   * A link.
   *
   * @param label for whom it is
   * @param revokedAt null: it was not taken back
   */
  public record Link(
      String id,
      String label,
      String window,
      Instant madeAt,
      Instant endsAt,
      @Nullable Instant revokedAt,
      long looks,
      @Nullable Instant lastLookAt) {
    /** open, revoked or over. */
    public String standing(Instant now) {
      if (revokedAt != null) {
        return "revoked";
      }
      return now.isBefore(endsAt) ? "open" : "over";
    }
  }

  /**
   * When a link was used.
   *
   * @param next null: there is nothing older
   */
  public record Looks(Child child, Link link, List<Look> items, @Nullable String next) {}

  /**
   * A look.
   *
   * @param what report, pdf or picture
   */
  public record Look(Instant at, String what) {}

  record LookPage(List<Look> items, @Nullable String nextCursor) {}
}
