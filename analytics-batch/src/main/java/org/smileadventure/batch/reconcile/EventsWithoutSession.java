package org.smileadventure.batch.reconcile;

import java.util.List;
import java.util.UUID;
import org.smileadventure.batch.range.ChildBlocks;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.common.store.StoredSession;
import org.smileadventure.common.store.StoredSessions;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Looks for events that should have made a session and did not, some in each transaction. */
final class EventsWithoutSession implements Tasklet {
  private static final String NEXT =
      SqlFile.read(EventsWithoutSession.class, "events-without-session.sql");
  private static final String LAST_SEEN = "lastSession";
  private static final String NONE = "00000000-0000-0000-0000-000000000000";
  private static final int AT_ONCE = 1_000;
  private static final int LISTED = 20;

  private final JdbcClient jdbc;
  private final ChildBlocks blocks;
  private final StoredSessions stored;

  EventsWithoutSession(JdbcClient jdbc, ChildBlocks blocks) {
    this.jdbc = jdbc;
    this.blocks = blocks;
    this.stored = new StoredSessions(jdbc);
  }

  @Override
  public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
    var context = contribution.getStepExecution().getExecutionContext();
    var sessions = next(context.getString(LAST_SEEN, NONE));
    if (sessions.isEmpty()) {
      return RepeatStatus.FINISHED;
    }
    var missing =
        stored
            .read(sessions.stream().filter(id -> id.version() == 7).map(SessionId::new).toList())
            .stream()
            .filter(session -> session.status() == null && session.computed().isPresent())
            .toList();
    // Another child may have a session of the same id.
    var computed = blocks.computed(missing.stream().map(StoredSession::child).toList());
    var differences =
        missing.stream()
            .filter(session -> computed.contains(session.child()))
            .map(EventsWithoutSession::difference)
            .toList();
    if (!differences.isEmpty()) {
      throw new SummaryDiffersException(
          differences.stream().limit(LISTED).toList(), differences.size());
    }
    contribution.incrementWriteCount(sessions.size());
    context.putString(LAST_SEEN, sessions.getLast().toString());
    return RepeatStatus.CONTINUABLE;
  }

  private static String difference(StoredSession session) {
    return "game_sessions of child " + session.child() + ": there is no " + session.id();
  }

  private List<UUID> next(String after) {
    return jdbc.sql(NEXT)
        .param("after", after)
        .param("most", AT_ONCE)
        .query((row, _) -> row.getObject("session_id", UUID.class))
        .list();
  }
}
