package org.smileadventure.query.children;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.service.BadParameterException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What holds of a profile beyond each of its fields by itself. */
@Component
class ProfileRules {
  private static final int OLDEST = 25;
  private static final int MOST_CHARACTERS = 20_000;
  private static final LocalDate EARLIEST = LocalDate.of(1990, 1, 1);
  private static final List<String> DOCUMENTS =
      List.of(
          "sensory_profile",
          "current_therapies",
          "emergency_contacts",
          "safety_protocols",
          "baseline_assessment",
          "progress_notes");

  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final InstantSource clock;

  ProfileRules(JdbcClient jdbc, JsonMapper json, InstantSource clock) {
    this.jdbc = jdbc;
    this.json = json;
    this.clock = clock;
  }

  /**
   * The profile as the database takes it.
   *
   * @param zone where the child lives
   * @throws BadParameterException if a rule is broken, with the field
   */
  String checked(ChildFields fields, String zone) {
    if (!jdbc.sql("SELECT EXISTS (SELECT FROM time_zones WHERE name = :zone)")
        .param("zone", zone)
        .query(Boolean.class)
        .single()) {
      throw new BadParameterException("timezone", "a time zone, as Europe/Rome", zone);
    }
    var today = LocalDate.ofInstant(clock.instant(), ZoneId.of(zone));
    requirePast("diagnosis_date", fields.diagnosisDate(), today);
    requirePast("last_assessment_date", fields.lastAssessmentDate(), today);
    ObjectNode profile = json.valueToTree(fields);
    profile.put("age", age(fields, today));
    profile.put("timezone", zone);
    profile.remove("consents");
    for (var name : DOCUMENTS) {
      if (profile.has(name)) {
        requireStorable(name, profile.get(name).toString());
      }
    }
    return profile.toString();
  }

  private static void requirePast(String field, @Nullable LocalDate day, LocalDate today) {
    if (day != null && (day.isBefore(EARLIEST) || day.isAfter(today))) {
      throw new BadParameterException(
          field, "a day from %s until today".formatted(EARLIEST), day.toString());
    }
  }

  private static int age(ChildFields fields, LocalDate today) {
    var born = fields.dateOfBirth();
    if (born == null) {
      if (fields.age() == null) {
        throw new BadParameterException("age", "given, or date_of_birth", "");
      }
      return fields.age();
    }
    if (born.isAfter(today) || born.isBefore(today.minusYears(OLDEST + 1L).plusDays(1))) {
      throw new BadParameterException(
          "date_of_birth",
          "of somebody who is at most %d years old".formatted(OLDEST),
          born.toString());
    }
    var age = Period.between(born, today).getYears();
    if (fields.age() != null && fields.age() != age) {
      throw new BadParameterException(
          "age", "%d, as date_of_birth says, or left out".formatted(age), fields.age().toString());
    }
    return age;
  }

  private static void requireStorable(String field, String document) {
    if (document.length() > MOST_CHARACTERS) {
      throw new BadParameterException(
          field, "of at most " + MOST_CHARACTERS + " characters", document.length() + " of them");
    }
    if (document.contains("\\u0000") || document.codePoints().anyMatch(ProfileRules::isHalf)) {
      throw new BadParameterException(
          field, "of texts without zero characters and unpaired surrogates", "…");
    }
  }

  private static boolean isHalf(int character) {
    return Character.getType(character) == Character.SURROGATE;
  }
}
