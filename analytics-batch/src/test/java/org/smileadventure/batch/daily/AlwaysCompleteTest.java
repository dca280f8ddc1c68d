package org.smileadventure.batch.daily;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.RandomPlay;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Whatever has been written, and however far the job has come, a reader sees what is defined. (That
 * this holds while all of them are at it at the same time is the matter of {@link DirtyLogTest}.)
 */
@RealServers
class AlwaysCompleteTest {
  private static final int STEPS = 40;
  private static final List<String> ZONES =
      List.of("Europe/Rome", "America/New_York", "Pacific/Apia", "Asia/Kolkata", "UTC");

  /** One connection, so that what takes long to plan is planned once. */
  private final SummaryDatabase database =
      new SummaryDatabase(new SingleConnectionDataSource(MigratedDatabase.newUrl(), true));

  private final List<ChildId> children = new ArrayList<>();
  private final List<SessionEvent> late = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void aReaderSeesWhatIsDefinedAfterEachStepOfWritersAndJobs(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 3; i++) {
      children.add(database.child());
    }
    for (int step = 0; step < STEPS; step++) {
      var done = step(random);
      assertThat(database.unionsOtherThanTheirDefinition()).as("after %s", done).isEmpty();
      assertThat(childrenWithAnotherTotal()).as("after %s", done).isZero();
      var child = any(children, random);
      assertThat(moments(child))
          .as("windows of child %s after %s", child, done)
          .isEqualTo(momentsWithoutSummaries(child));
    }
    database.pass(1_000);
    assertThat(database.dirtyDays()).isZero();
    assertThat(database.differences()).isZero();
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
        database.jdbc().sql("SELECT close_silent_sessions('0 seconds', 2)").query(_ -> {});
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

  private long childrenWithAnotherTotal() {
    return database
        .jdbc()
        .sql("SELECT count(*) FROM total_differences(1, 1000, 10)")
        .query(Long.class)
        .single();
  }

  private String moments(ChildId child) {
    return database
        .jdbc()
        .sql(
            """
            SELECT string_agg((moments #- '{total,live_days}' #- '{total,summary_days}')::text, chr(10) ORDER BY first_day)
            FROM window_moments(ARRAY[:child, :child, :child],
              ARRAY[:last::date - 364, :last::date - 29, NULL], ARRAY[:last::date, :last::date, :last::date])
            """)
        .param("child", child.value())
        .param("last", LocalDate.of(2025, 11, 2))
        .query(String.class)
        .single();
  }

  /** The same if every day is dirty; nothing of that stays. */
  private String momentsWithoutSummaries(ChildId child) {
    return database
        .transaction()
        .execute(
            status -> {
              status.setRollbackOnly();
              database
                  .jdbc()
                  .sql(
                      """
                      INSERT INTO dirty_child_days (child_id, day)
                      SELECT child_id, day FROM game_sessions UNION SELECT child_id, day FROM activities
                      UNION SELECT child_id, day FROM child_daily_summary
                      ON CONFLICT DO NOTHING
                      """)
                  .update();
              return moments(child);
            });
  }

  private static <T> T any(List<T> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }
}
