package org.smileadventure.web.sessions;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.smileadventure.web.page.Page;
import org.smileadventure.web.sessions.SessionsApi.Event;

/**
 * Something that happened in a session, in words.
 *
 * @param kind what it is, as feeling or answers
 * @param isDistress whether it is a feeling that one wants to get out of
 */
public record Moment(Instant at, String kind, boolean isDistress, String text) {
  private static final String INTERACTION = "interaction.recorded";
  private static final Set<String> DISTRESS = Set.of("anxious", "frustrated", "overwhelmed");

  /** What these events tell. Answers that follow each other are one moment. */
  static List<Moment> of(List<Event> events, Page page) {
    var moments = new ArrayList<Moment>();
    for (int i = 0; i < events.size(); ) {
      var event = events.get(i);
      var end = i + 1;
      if (event.type().equals(INTERACTION)) {
        while (end < events.size() && events.get(end).type().equals(INTERACTION)) {
          end++;
        }
        moments.add(answers(events.subList(i, end), page));
      } else {
        moments.add(of(event, page));
      }
      i = end;
    }
    return List.copyOf(moments);
  }

  private static Moment answers(List<Event> answers, Page page) {
    return new Moment(
        answers.getFirst().occurredAt(),
        "answers",
        false,
        page.text(
            "sessions.event-answers",
            "n",
            answers.size(),
            "right",
            count(answers, "correct"),
            "wrong",
            count(answers, "incorrect")));
  }

  private static long count(List<Event> answers, String outcome) {
    return answers.stream().filter(answer -> answer.text("outcome").equals(outcome)).count();
  }

  private static Moment of(Event event, Page page) {
    var at = event.occurredAt();
    return switch (event.type()) {
      case "session.started" ->
          new Moment(at, "start", false, withState(event, "began", "initialEmotion", page));
      case "session.ended" ->
          new Moment(
              at,
              "end",
              false,
              withState(event, "ended-" + event.text("status"), "finalEmotion", page));
      case "emotion.observed" ->
          new Moment(at, "feeling", DISTRESS.contains(event.text("state")), feeling(event, page));
      case "regulation.used" -> new Moment(at, "strategy", false, strategy(event, page));
      case "level.completed" ->
          new Moment(
              at, "level", false, page.text("sessions.event-level", "level", event.text("level")));
      case "achievement.unlocked" -> new Moment(at, "gain", false, gain("achieved", event, page));
      case "progress.marked" -> new Moment(at, "gain", false, gain("progress", event, page));
      case "help.requested" -> new Moment(at, "help", false, page.text("sessions.event-help"));
      case "session.paused" -> new Moment(at, "pause", false, page.text("sessions.event-paused"));
      case "session.resumed" -> new Moment(at, "pause", false, page.text("sessions.event-resumed"));
      case "parent.rated" ->
          new Moment(
              at,
              "rating",
              false,
              page.text("sessions.event-rated", "rating", event.text("rating")));
      default ->
          new Moment(at, "other", false, page.text("sessions.event-other", "type", event.type()));
    };
  }

  private static String withState(Event event, String what, String state, Page page) {
    var text = page.text("sessions.event-" + what);
    return event.has(state)
        ? text
            + " "
            + page.text("sessions.event-state", "state", page.name("state", event.text(state)))
        : text;
  }

  private static String feeling(Event event, Page page) {
    var feeling =
        page.text(
            "sessions.event-feeling",
            "state",
            page.sentenceCase(page.name("state", event.text("state"))),
            "intensity",
            event.text("intensity"));
    return event.has("trigger")
        ? feeling
            + " "
            + page.text(
                "sessions.event-trigger", "trigger", page.name("trigger", event.text("trigger")))
        : feeling;
  }

  private static String strategy(Event event, Page page) {
    return page.text(
        "sessions.event-strategy",
        "strategy",
        page.sentenceCase(page.name("strategy", event.text("strategy"))),
        "effectiveness",
        event.text("effectiveness"),
        "self",
        event.text("childInitiated"));
  }

  private static String gain(String what, Event event, Page page) {
    return page.text("sessions.event-" + what, "what", page.name("gain", event.text("id")));
  }
}
