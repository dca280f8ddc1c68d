package org.smileadventure.demo.story;

import java.util.Locale;
import org.smileadventure.common.event.Payload.SessionType;

/** The scenarios that are played. */
enum Scenario {
  DENTIST(SessionType.DENTAL_VISIT, "A visit to the dentist"),
  PLAYGROUND(SessionType.SOCIAL_SCENARIO, "At the playground"),
  SOUNDS(SessionType.SENSORY_EXPLORATION, "Sounds around us"),
  TAKING_TURNS(SessionType.SOCIAL_SCENARIO, "Taking turns"),
  MORNING(SessionType.DAILY_ROUTINE, "The morning routine"),
  EVENING(SessionType.DAILY_ROUTINE, "Getting ready for bed");

  final SessionType type;
  final String title;

  Scenario(SessionType type, String title) {
    this.type = type;
    this.title = title;
  }

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
