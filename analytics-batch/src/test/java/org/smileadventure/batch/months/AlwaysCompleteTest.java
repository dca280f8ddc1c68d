package org.smileadventure.batch.months;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.batch.sessions.Silence;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.RandomPlay;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Whatever has been written, and however far the job has come, a reader sees what was played. (That
 * this holds while all of them are at it at the same time is the matter of {@link DirtyLogTest}.)
 */
@RealServers
class AlwaysCompleteTest {
  private static final int STEPS = 40;
  private static final LocalDate LAST = LocalDate.of(2025, 11, 2);
  private static final List<String> ZONES =
      List.of("Europe/Rome", "America/New_York", "Pacific/Apia", "Asia/Kolkata", "UTC");

  /** One connection, so that what takes long to plan is planned once. */
  private final SummaryDatabase database =
      new SummaryDatabase(new SingleConnectionDataSource(MigratedDatabase.newUrl(), true));

  private final List<ChildId> children = new ArrayList<>();
  private final List<SessionEvent> late = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void aReaderSeesWhatWasPlayedAfterEachStepOfWritersAndJobs(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 3; i++) {
      children.add(database.child());
    }
    for (int step = 0; step < STEPS; step++) {
      var done = step(random);
      assertThat(database.windowsOtherThanPlayed(LAST)).as("after %s", done).isEmpty();
    }
    database.pass(1_000);
    assertThat(database.dirtyMonths()).isZero();
    assertThat(database.differences()).isEmpty();
  }

  private String step(Random random) {
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> {
        play(random);
        yield "play";
      }
      case 3 -> {
        if (!late.isEmpty()) {
          StoredHistory.store(database.jdbc(), List.of(late.removeFirst()));
        }
        yield "a late event";
      }
      case 4 -> {
        database
            .jdbc()
            .sql("UPDATE children SET timezone = :zone WHERE id = :child")
            .param("zone", any(ZONES, random))
            .param("child", any(children, random).value())
            .update();
        yield "a move";
      }
      case 5 -> {
        Silence.close(database.jdbc(), Duration.ZERO, List.of(any(children, random)));
        yield "silence";
      }
      case 6 -> {
        database.chunk(1 + random.nextInt(4));
        yield "a part of the job";
      }
      default -> {
        database.pass(1 + random.nextInt(100));
        yield "the job";
      }
    };
  }

  /** A session, of which the last events may come later. */
  private void play(Random random) {
    var events = RandomPlay.by(any(children, random), random);
    var arrived = 1 + random.nextInt(events.size());
    StoredHistory.store(database.jdbc(), events.subList(0, arrived));
    late.addAll(events.subList(arrived, events.size()));
  }

  private static <T> T any(List<T> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }
}
