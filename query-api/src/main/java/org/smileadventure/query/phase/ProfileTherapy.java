package org.smileadventure.query.phase;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.text.Canonical;
import org.smileadventure.common.text.TypedText;

/**
 * A therapy of a child's profile. It is a phase, unless the same was noted: a therapy that begins
 * on the same day, with the type in its words or its words in the type; or whatever its words,
 * where only one therapy of the profile begins on that day.
 */
record ProfileTherapy(ChildId child, LocalDate day, @Nullable LocalDate until, String type) {
  private static final int LONGEST = 100;
  private static final Pattern NOT_OF_A_LINE =
      Pattern.compile("[" + TypedText.Rule.CONTROL + TypedText.Rule.TURNING + "]+");

  /** Empty if there is nothing to read of its type. */
  static Optional<ProfileTherapy> of(
      ChildId child, LocalDate day, @Nullable LocalDate until, String type) {
    var line = Canonical.text(NOT_OF_A_LINE.matcher(type).replaceAll(" "));
    if (line == null || line.isBlank()) {
      return Optional.empty();
    }
    var length = line.codePointCount(0, line.length());
    return Optional.of(
        new ProfileTherapy(
            child,
            day,
            until,
            length <= LONGEST ? line : line.substring(0, line.offsetByCodePoints(0, LONGEST))));
  }

  boolean isNoted(Collection<Phase> noted, boolean onlyOneOfTheDay) {
    return noted.stream()
        .filter(phase -> phase.kind().equals("therapy") && phase.day().equals(day))
        .anyMatch(
            phase ->
                onlyOneOfTheDay
                    || lower(phase.label()).contains(lower(type))
                    || lower(type).contains(lower(phase.label())));
  }

  /** Its id stays the same as long as its type and the day on which it began do. */
  Phase phase() {
    var id =
        UUID.nameUUIDFromBytes(
            "therapy of a profile %s %s %s".formatted(child, day, lower(type)).getBytes(UTF_8));
    return new Phase(id, day, until, "therapy", type, Phase.PROFILE, null, null, null, null);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
