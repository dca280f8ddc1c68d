package org.smileadventure.demo.fleet;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Payload;
import org.smileadventure.common.event.Payload.EmotionalState;
import org.smileadventure.common.event.Payload.EndStatus;
import org.smileadventure.common.event.Payload.Outcome;
import org.smileadventure.common.event.Payload.SessionType;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.SessionId;

/**
 * A child who plays one session after the other. The score of a session is its number, so that an
 * answer tells how new it is.
 */
final class Player {
  private static final TimeBasedEpochGenerator IDS =
      Generators.timeBasedEpochGenerator(new Random());

  final ChildId child;
  final String parentToken;
  final String deviceToken;
  private final Instant firstPlayed =
      Instant.now().minus(Duration.ofDays(2)).truncatedTo(ChronoUnit.DAYS);
  private final Map<SessionId, Integer> events = new ConcurrentHashMap<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private volatile int acknowledged;

  Player(ChildId child, String parentToken, String deviceToken) {
    this.child = child;
    this.parentToken = parentToken;
    this.deviceToken = deviceToken;
  }

  /** The session after those that were accepted, whole. */
  List<SessionEvent> nextSession(Random random) {
    var number = accepted.get() + 1;
    var started = firstPlayed.plusSeconds(number);
    var session = new SessionId(IDS.construct(started.toEpochMilli()));
    var payloads = new ArrayList<Payload>();
    payloads.add(
        new Payload.SessionStarted(
            SessionType.DENTAL_VISIT,
            "dental_hygiene",
            "Dental hygiene routine",
            null,
            null,
            null,
            null,
            null,
            null,
            null));
    for (int steps = 1 + random.nextInt(6); steps > 0; steps--) {
      payloads.add(new Payload.InteractionRecorded("step-" + steps, Outcome.CORRECT, 1_000, false));
    }
    payloads.add(new Payload.EmotionObserved(EmotionalState.CALM, 3, null, null));
    payloads.add(new Payload.SessionEnded(EndStatus.COMPLETED, null, number, null));
    var told = new ArrayList<SessionEvent>();
    for (var payload : payloads) {
      told.add(
          new SessionEvent(
              session, child, told.size() + 1, started.plusMillis(100L * told.size()), payload));
    }
    return told;
  }

  /** All of the session is safe, as the device was told. */
  void accepted(List<SessionEvent> session) {
    events.put(session.getFirst().sessionId(), session.size());
    accepted.incrementAndGet();
  }

  int accepted() {
    return accepted.get();
  }

  /** Each answer to whoever asks from now on knows the sessions up to this number. */
  void acknowledged(int number) {
    acknowledged = number;
  }

  int acknowledged() {
    return acknowledged;
  }

  /** How many events each session that was accepted has. */
  Map<SessionId, Integer> events() {
    return events;
  }
}
