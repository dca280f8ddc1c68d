package org.smileadventure.common.xapi;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.EventType;
import org.smileadventure.common.event.Payload;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.xapi.Statement.Account;
import org.smileadventure.common.xapi.Statement.Activity;
import org.smileadventure.common.xapi.Statement.Agent;
import org.smileadventure.common.xapi.Statement.Context;
import org.smileadventure.common.xapi.Statement.ContextActivities;
import org.smileadventure.common.xapi.Statement.Definition;
import org.smileadventure.common.xapi.Statement.Result;
import org.smileadventure.common.xapi.Statement.Score;
import org.smileadventure.common.xapi.Statement.Verb;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes a statement of each event. It depends on the event alone, and an event never changes: so a
 * statement that is made again is the same, with the same id, whatever has come of its session
 * meanwhile. Thread-safe.
 */
public final class Statements {
  /**
   * What people write in words of their own, and what tells the device: nobody else needs it. What
   * is left of an activity is its name, without which it is none.
   */
  private static final Map<EventType, Set<String>> LEFT_OUT =
      Map.of(
          EventType.SESSION_STARTED,
          Set.of("deviceType", "deviceModel"),
          EventType.SESSION_ENDED,
          Set.of("exitReason"),
          EventType.PARENT_RATED,
          Set.of("notes", "observedBehavior"),
          EventType.ACTIVITY_RECORDED,
          Set.of(
              "description",
              "category",
              "supportProvidedBy",
              "assistiveTechnologyUsed",
              "environmentalModifications",
              "sensoryAccommodations",
              "challengesEncountered",
              "strategiesUsed",
              "notes"));

  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final TypeReference<LinkedHashMap<String, Object>> FIELDS =
      new TypeReference<>() {};

  private static final Activity GAME = activity("game", Vocabulary.SERIOUS_GAME, "Smile Adventure");
  private static final ContextActivities CONTEXT =
      new ContextActivities(
          List.of(
              new Activity(
                  "Activity", Vocabulary.SERIOUS_GAMES, new Definition(Vocabulary.PROFILE, null))),
          List.of(GAME));

  private final URI homePage;

  /**
   * @param homePage of the system in which children have their numbers
   */
  public Statements(URI homePage) {
    this.homePage = homePage;
  }

  /** What an event says, apart from who, where and when. */
  private record Said(String verb, Activity object, @Nullable Result result) {}

  public Statement of(SessionEvent event) {
    var said = said(event.payload());
    return new Statement(
        id(event),
        actor(event),
        verb(said.verb),
        said.object,
        said.result,
        new Context(
            registration(event.sessionId().value()),
            CONTEXT,
            Map.of(Vocabulary.EVENT, event(event))),
        event.occurredAt());
  }

  private UUID id(SessionEvent event) {
    var name =
        "%s %s %s %d".formatted(homePage, event.childId(), event.sessionId(), event.sequence());
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  /** A session's id may have another variant, which record stores refuse. */
  private static UUID registration(UUID session) {
    return session.variant() == 2
        ? session
        : UUID.nameUUIDFromBytes(session.toString().getBytes(StandardCharsets.UTF_8));
  }

  private Agent actor(SessionEvent event) {
    var child = event.childId().toString();
    return new Agent(
        "Agent",
        new Account(
            homePage,
            event.payload() instanceof Payload.ParentRated ? child + "/guardian" : child));
  }

  private static Verb verb(String id) {
    var word = id.substring(id.lastIndexOf('/') + 1).replace('-', ' ');
    return new Verb(id, Map.of("en", word));
  }

  private static Said said(Payload payload) {
    return switch (payload) {
      case Payload.SessionStarted _ -> new Said(Vocabulary.INITIALIZED, GAME, null);
      case Payload.InteractionRecorded done ->
          new Said(Vocabulary.INTERACTED, step(done.stepId()), outcome(done));
      case Payload.HelpRequested asked ->
          new Said(Vocabulary.ASKED_FOR_HELP, step(asked.stepId()), null);
      case Payload.EmotionObserved seen -> new Said(Vocabulary.EXPERIENCED, emotion(seen), null);
      case Payload.RegulationUsed used ->
          new Said(Vocabulary.USED, named("strategies", Vocabulary.ITEM, used.strategy()), null);
      case Payload.SessionPaused _ -> new Said(Vocabulary.SUSPENDED, GAME, null);
      case Payload.SessionResumed _ -> new Said(Vocabulary.RESUMED, GAME, null);
      case Payload.LevelCompleted level ->
          new Said(
              Vocabulary.COMPLETED,
              named("levels", Vocabulary.LEVEL, Integer.toString(level.level())),
              new Result(score(level.score()), null, true, null));
      case Payload.AchievementUnlocked earned ->
          new Said(Vocabulary.UNLOCKED, ours("achievement", "achievements", earned.id()), null);
      case Payload.ProgressMarked step ->
          new Said(Vocabulary.PROGRESSED, ours("development", "developments", step.id()), null);
      case Payload.SessionEnded end ->
          new Said(
              switch (end.status()) {
                case COMPLETED -> Vocabulary.COMPLETED;
                case ABANDONED -> Vocabulary.ABANDONED;
                case INTERRUPTED -> Vocabulary.TERMINATED;
              },
              GAME,
              new Result(
                  score(end.score()), null, end.status() == Payload.EndStatus.COMPLETED, null));
      case Payload.ParentRated rated ->
          new Said(
              Vocabulary.RATED,
              GAME,
              new Result(new Score(rated.rating(), 1, 5), null, null, null));
      case Payload.ActivityRecorded done ->
          new Said(
              Vocabulary.COMPLETED,
              ours("daily-activity", "activities", done.activityName()),
              new Result(
                  score(done.pointsEarned()),
                  null,
                  done.completionStatus() == null
                      || done.completionStatus() == Payload.EndStatus.COMPLETED,
                  done.durationMinutes() == null
                      ? null
                      : Duration.ofMinutes(done.durationMinutes())));
    };
  }

  private static Activity step(@Nullable String id) {
    return id == null ? GAME : named("steps", Vocabulary.ITEM, id);
  }

  private static Activity emotion(Payload.EmotionObserved seen) {
    return ours("emotion", "emotions", MAPPER.convertValue(seen.state(), String.class));
  }

  /** Durations have hundredths of a second: the published schema takes no more. */
  private static @Nullable Result outcome(Payload.InteractionRecorded done) {
    var success =
        switch (done.outcome()) {
          case CORRECT -> Boolean.TRUE;
          case INCORRECT -> Boolean.FALSE;
          case NEUTRAL -> null;
        };
    var took = done.responseTimeMs();
    return success == null && took == null
        ? null
        : new Result(null, success, null, took == null ? null : Duration.ofMillis(took / 10L * 10));
  }

  private static @Nullable Score score(@Nullable Integer points) {
    return points == null ? null : new Score(points, null, null);
  }

  private static Activity ours(String type, String kind, String name) {
    return named(kind, Vocabulary.OUR_TYPES + type, name);
  }

  private static Activity named(String kind, String type, String name) {
    return activity(
        kind + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"),
        type,
        name);
  }

  private static Activity activity(String path, String type, String name) {
    return new Activity(
        "Activity", Vocabulary.OURS + path, new Definition(type, Map.of("en", name)));
  }

  /** The event in the words of its contract, from which it can be made again. */
  private static Map<String, Object> event(SessionEvent event) {
    var data = MAPPER.convertValue(event.payload(), FIELDS);
    data.values().removeIf(value -> value == null);
    data.keySet().removeAll(LEFT_OUT.getOrDefault(event.type(), Set.of()));
    var said = new LinkedHashMap<String, Object>();
    said.put("type", event.type().wireName());
    said.put("sessionId", event.sessionId().toString());
    said.put("sequence", event.sequence());
    said.put("data", data);
    return said;
  }
}
