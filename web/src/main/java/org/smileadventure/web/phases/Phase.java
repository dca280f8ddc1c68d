package org.smileadventure.web.phases;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.login.Login;

/**
 * Something that is so for a child from a day on.
 *
 * @param until the last day; null: it goes on
 * @param kind baseline, therapy, medication, scenario, holiday or other
 * @param source noted, or profile: then it is changed there
 * @param madeBy the account of who noted it; null: nobody did
 * @param madeAs parent or professional
 * @param version by which it is changed
 * @param overlaps phases that have days in common with it
 */
public record Phase(
    UUID id,
    LocalDate day,
    @Nullable LocalDate until,
    String kind,
    String label,
    String source,
    @Nullable Long madeBy,
    @Nullable String madeAs,
    @Nullable Long version,
    @Nullable List<UUID> overlaps) {
  public boolean isChangedBy(Login.Account viewer) {
    return madeBy != null && (viewer.isParent() || madeBy == viewer.id());
  }
}
