package org.smileadventure.common.http;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * What of the database is no fault of the request, and may be gone when it comes again: no
 * connection, a statement that took too long, a lock that others hold, two who waited for each
 * other.
 *
 * @param cause for the log, without a statement or a value
 */
record DatabaseFault(String detail, String retryAfterSeconds, String cause) {

  /** Null if the failure is none of these. */
  static @Nullable DatabaseFault of(Throwable failure) {
    var transientOne = false;
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof SQLException sql) {
        var fault = of(sql);
        if (fault != null) {
          return fault;
        }
      }
      transientOne |=
          e instanceof TransientDataAccessException
              || e instanceof DataAccessResourceFailureException
              || e instanceof CannotCreateTransactionException
              || e instanceof TransactionSystemException;
    }
    return transientOne ? away(failure.getClass().getSimpleName()) : null;
  }

  private static @Nullable DatabaseFault of(SQLException failure) {
    var state = String.valueOf(failure.getSQLState());
    var cause = failure.getClass().getSimpleName() + ", state " + state;
    return switch (state) {
      // Serialization failure, deadlock, lock not available.
      case "40001", "40P01", "55P03" ->
          new DatabaseFault("others are at work on the same; try again", "1", cause);
      // Cancelled, by a time-out or by an operator.
      case "57014" -> new DatabaseFault("this took too long; try again", "5", cause);
      // Read only while it changes over to another server.
      case "25006" -> away(cause);
      default ->
          switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            // No connection, no resources, stopped by an operator, a fault of the system.
            case "08", "53", "57", "58" -> away(cause);
            default -> null;
          };
    };
  }

  private static DatabaseFault away(String cause) {
    return new DatabaseFault("the database does not answer; try again", "5", cause);
  }
}
