package org.smileadventure.batch.sessions;

import java.time.Duration;
import java.util.List;
import org.smileadventure.common.event.ChildId;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the job does of a chunk of children, without the job. */
public final class Silence {
  private Silence() {}

  /** In the caller's transaction. */
  public static void close(JdbcClient jdbc, Duration silentFor, List<ChildId> children) {
    new CloseSilentSessions(jdbc, silentFor).write(new Chunk<>(children));
  }

  /** Makes what is stored to have been received earlier. */
  public static void pass(JdbcClient jdbc, Duration time) {
    for (var update :
        List.of(
            "UPDATE session_events SET received_at = received_at - ?::interval",
            "UPDATE game_sessions SET created_at = created_at - ?::interval")) {
      jdbc.sql(update).param(time.toString()).update();
    }
  }
}
