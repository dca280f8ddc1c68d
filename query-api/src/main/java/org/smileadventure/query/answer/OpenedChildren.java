package org.smileadventure.query.answer;

import java.sql.PreparedStatement;
import java.sql.Types;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.service.ProblemException;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads what is about children, in transactions to which the database has opened those that the
 * viewer may see. Outside of one it shows nothing of any child. All that is read in one is of one
 * snapshot.
 */
@Component
public class OpenedChildren {
  /**
   * In one message: what the driver does for an isolation level takes three more. A plan that is
   * made once for all parameters is as good as one made for each, and saves most of a short
   * statement's time.
   */
  private static final String BEGIN =
      """
      SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;
      SET LOCAL plan_cache_mode = force_generic_plan;
      """;

  private final NamedParameterJdbcTemplate jdbc;
  private final TransactionTemplate transaction;

  OpenedChildren(NamedParameterJdbcTemplate jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /** Reads of one child, if the viewer may see it. */
  public <T> T one(Viewer viewer, ChildId child, String request, Supplier<T> read) {
    return opened(
        "SELECT open_children(:viewer, :child, :admin, :request)",
        viewer,
        child.value(),
        request,
        read);
  }

  /**
   * Reads on of a child, in a transaction of its own, for a request that {@link #one} has begun.
   *
   * @throws ProblemException if the viewer may not see the child any more
   */
  public <T> T further(Viewer viewer, ChildId child, Supplier<T> read) {
    return opened(
        "SELECT open_children(:viewer, :child, :admin, :request)",
        viewer,
        child.value(),
        null,
        () -> {
          var open =
              jdbc.queryForObject("SELECT opened_children() IS NOT NULL", Map.of(), Boolean.class);
          if (!Boolean.TRUE.equals(open)) {
            throw ChildAnswers.notFound(child);
          }
          return read.get();
        });
  }

  /** Reads of the child whose session it is, if the viewer may see it. */
  public <T> T oneOfSession(Viewer viewer, UUID session, String request, Supplier<T> read) {
    return opened(
        "SELECT open_children(:viewer, coalesce(child_of_session(:child), 0), :admin, :request)",
        viewer,
        session,
        request,
        read);
  }

  /** Reads of all children that the viewer may see as a parent or a professional. */
  public <T> T all(Viewer viewer, String request, Supplier<T> read) {
    return opened(
        "SELECT open_children(:viewer, :child::bigint, :admin, :request)",
        viewer,
        null,
        request,
        read);
  }

  @SuppressWarnings("NullAway") // what the transaction returns is what read returns
  private <T> T opened(
      String open,
      Viewer viewer,
      @Nullable Object child,
      @Nullable String request,
      Supplier<T> read) {
    return transaction.execute(
        _ -> {
          jdbc.execute(
              BEGIN + open,
              new MapSqlParameterSource()
                  .addValue("viewer", viewer.id())
                  .addValue("child", child)
                  .addValue("admin", viewer.admin())
                  .addValue("request", request, Types.VARCHAR),
              PreparedStatement::execute);
          return read.get();
        });
  }
}
