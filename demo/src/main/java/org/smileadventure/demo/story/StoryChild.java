package org.smileadventure.demo.story;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The children of the story, none of whom exists. Two of one family are both called Luca. */
public enum StoryChild {
  LUCA("Luca", 8, 2, "Europe/Rome", StoryPeople.GIULIA),
  SOFIA("Sofia", 9, 2, "Europe/Rome", StoryPeople.GIULIA),
  MARIA("Мария", 10, 2, "Europe/Rome", StoryPeople.GIULIA),
  MARYAM("مريم", 7, 2, "Europe/Rome", StoryPeople.GIULIA),
  LITTLE_LUCA("Luca", 5, 1, "Europe/Rome", StoryPeople.GIULIA),
  NIKOS("Νίκος", 11, 2, "Europe/Athens", StoryPeople.ELENI);

  final String firstName;
  final String parent;
  final ZoneId zone;
  private final int age;
  private final int supportLevel;

  StoryChild(String firstName, int age, int supportLevel, String zone, String parent) {
    this.firstName = firstName;
    this.age = age;
    this.supportLevel = supportLevel;
    this.zone = ZoneId.of(zone);
    this.parent = parent;
  }

  Plot plot() {
    return switch (this) {
      case LUCA -> new DentalAnxietyFalls();
      case SOFIA -> new NoiseUpsets();
      case MARIA -> new TherapyBegins();
      case MARYAM -> new SupportHelps();
      case LITTLE_LUCA -> new TooNewToTell();
      case NIKOS -> new StopsPlaying();
    };
  }

  /** As {@code add_child} takes it. */
  Map<String, Object> profile(LocalDate today) {
    var profile = new LinkedHashMap<String, Object>();
    profile.put("name", firstName);
    profile.put("age", age);
    profile.put("timezone", zone.getId());
    profile.put("support_level", supportLevel);
    profile.put("communication_style", "verbal");
    profile.put("behavioral_notes", "Made up for the demo. " + plot().summary());
    profile.put("sensory_profile", Map.of("noise", this == SOFIA ? "high" : "medium"));
    profile.put("current_therapies", therapies(today));
    profile.put("emergency_contacts", List.of());
    profile.put("safety_protocols", Map.of());
    profile.put("progress_notes", List.of());
    return profile;
  }

  /** What is noted beside the therapies of the profile. */
  List<StoryPhase> phases(LocalDate today) {
    return this == LUCA
        ? List.of(
            new StoryPhase(
                today.minusDays(DentalAnxietyFalls.FALLS_FOR),
                "scenario",
                "Practising the dentist"),
            new StoryPhase(
                today.minusDays(DentalAnxietyFalls.THERAPY_BEGAN), "therapy", "Speech therapy"))
        : List.of();
  }

  private List<Map<String, String>> therapies(LocalDate today) {
    return this == MARIA
        ? List.of(
            Map.of(
                "type",
                "occupational",
                "start_date",
                today.minusDays(TherapyBegins.BEGAN).toString()))
        : List.of();
  }
}
