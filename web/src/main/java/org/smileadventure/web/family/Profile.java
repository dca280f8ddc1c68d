package org.smileadventure.web.family;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.child.Child;

/** What guardians say of a child. */
public record Profile(
    long id,
    long parentId,
    String name,
    int age,
    @Nullable LocalDate dateOfBirth,
    String timezone,
    @Nullable String diagnosis,
    @Nullable Integer supportLevel,
    @Nullable String communicationStyle,
    @Nullable LocalDate lastSessionDay,
    Details details) {

  /**
   * The rest of it.
   *
   * @param restrictedAt since when its data are kept and not used; null: they are used
   */
  public record Details(
      @Nullable String communicationNotes,
      @Nullable String behavioralNotes,
      @Nullable Instant restrictedAt) {}

  public Child child() {
    return new Child(id, name, age, timezone, lastSessionDay);
  }

  public boolean isRestricted() {
    return details.restrictedAt() != null;
  }

  /** As the form has it. */
  Map<String, @Nullable Object> values() {
    var values = new HashMap<String, @Nullable Object>();
    values.put("name", name);
    values.put("date_of_birth", dateOfBirth);
    values.put("timezone", timezone);
    values.put("diagnosis", diagnosis);
    values.put("support_level", supportLevel);
    values.put("communication_style", communicationStyle);
    values.put("communication_notes", details.communicationNotes());
    values.put("behavioral_notes", details.behavioralNotes());
    return values;
  }
}
