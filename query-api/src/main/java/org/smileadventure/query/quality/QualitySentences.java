package org.smileadventure.query.quality;

import java.util.ArrayList;
import java.util.List;

/** Puts what is known of a child's data into words. */
public final class QualitySentences {
  private QualitySentences() {}

  /** A sentence for each thing that a reader of figures should know. */
  public static List<String> of(DataQuality quality) {
    var sentences = new ArrayList<String>();
    if (quality.lostEvents() > 0) {
      sentences.add(
          "%s on the way. Counts can be too low."
              .formatted(were(quality.lostEvents(), "event", "lost")));
    }
    for (var note : quality.notes()) {
      sentences.add("%s: %s.".formatted(count(note.sessions(), "session"), words(note.rule())));
    }
    for (var refused : quality.refused()) {
      sentences.add(
          "%s: %s."
              .formatted(were(refused.events(), "event", "not stored"), why(refused.reason())));
    }
    return List.copyOf(sentences);
  }

  private static String count(long n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }

  private static String were(long n, String what, String done) {
    return count(n, what) + (n == 1 ? " was " : " were ") + done;
  }

  private static String words(String rule) {
    return switch (rule) {
      case "start_missing" -> "the beginning is missing, so the length is not known";
      case "ended_before_start" -> "it ends before it begins, so the length is not known";
      case "clock_went_back" -> "the clock was set back, so the length is not known";
      case "clock_jumped" -> "the clock jumped by more than a day, so the length is not known";
      case "lasted_over_a_week" -> "more than a week long, so the length is not believed";
      case "active_over_a_day" -> "more than a day of play, so the length is not believed";
      case "help_requests_exceed_interactions" -> "more requests for help than interactions";
      case "score_without_interactions" -> "points without an interaction, which are not counted";
      case "pauses_exceed_duration" -> "pauses longer than the session";
      case "response_exceeds_duration" -> "a response that takes longer than the session";
      case "events_forgotten" -> "nobody told the end before the events were deleted";
      case "no_level_completed" -> "more than five minutes without a level";
      case "hints_exceed_help" -> "many more hints than requests for help";
      case "id_contradicts_times" -> "the time in the session's id is of another month";
      default -> rule;
    };
  }

  private static String why(String reason) {
    return switch (reason) {
      case "divergent_duplicate" -> "the session has other events in their places";
      case "foreign_session" -> "the session belongs to another child";
      case "forgotten_session" -> "the session is older than what is kept";
      case "too_many_sessions" -> "too many sessions began on one day";
      case "refused_by_database" -> "they do not fit";
      default -> reason;
    };
  }
}
