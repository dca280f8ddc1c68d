package org.smileadventure.web.phases;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.login.Login;

/**
 * Something that is so for a child from a day on.
 *
 * @param until the last day; null: it goes on
 * @param kind baseline, therapy, medication, scenario, holiday or other
 * @param madeBy the account of who noted it; null: nobody did, and it is changed in the profile
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
    @Nullable Long madeBy,
    @Nullable String madeAs,
    @Nullable Long version,
    @Nullable List<UUID> overlaps) {
  public boolean isChangedBy(Login.Account viewer) {
    return madeBy != null && (viewer.isParent() || madeBy == viewer.id());
  }

  /** As the form has it. */
  Map<String, @Nullable Object> values() {
    var values = new HashMap<String, @Nullable Object>();
    values.put("label", label);
    values.put("kind", kind);
    values.put("day", day);
    values.put("until", until);
    return values;
  }
}
