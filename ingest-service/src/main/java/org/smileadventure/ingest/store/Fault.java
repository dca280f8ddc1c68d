package org.smileadventure.ingest.store;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.TransactionException;

/** Whose fault it is that a batch cannot be stored. */
final class Fault {
  /**
   * The classes of SQL states that tell nothing of the data: no connection, read only, no rights,
   * rolled back, no such table, no resources, locked, stopped by an operator or a timeout, a disk,
   * an internal error.
   */
  private static final Set<String> OF_A_SERVER =
      Set.of("08", "25", "28", "40", "42", "53", "55", "57", "58", "XX");

  private Fault() {}

  static boolean isOfTheData(RuntimeException failure) {
    return failure instanceof DataIntegrityViolationException;
  }

  static boolean isOfAServer(RuntimeException failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof TransactionException
          || (e instanceof SQLException sql && isOfAServer(sql.getSQLState()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfAServer(@Nullable String state) {
    return state == null || state.length() < 2 || OF_A_SERVER.contains(state.substring(0, 2));
  }

  static String description(RuntimeException failure) {
    return String.valueOf(NestedExceptionUtils.getMostSpecificCause(failure).getMessage());
  }
}
