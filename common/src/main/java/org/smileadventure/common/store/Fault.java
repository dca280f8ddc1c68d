package org.smileadventure.common.store;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.TransactionException;

/** Whose fault it is that something cannot be stored or computed. */
public final class Fault {
  /**
   * The classes of SQL states that tell nothing of the data: no connection, read only, no rights,
   * rolled back, no such table, no resources, locked, stopped by an operator, a disk, an internal
   * error.
   */
  private static final Set<String> OF_A_SERVER =
      Set.of("08", "25", "28", "40", "42", "53", "55", "57", "58", "XX");

  /** One statement took too long, or too much memory, which can be because of what it is about. */
  private static final Set<String> OF_ONE_STATEMENT = Set.of("57014", "53200");

  private Fault() {}

  public static boolean isOfTheData(RuntimeException failure) {
    return failure instanceof DataIntegrityViolationException;
  }

  /** Whether whatever else is tried now must fail as well. */
  public static boolean isOfAServer(RuntimeException failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof SQLException sql) {
        return isOfAServer(sql.getSQLState());
      }
    }
    return failure instanceof TransactionException
        || failure instanceof DataAccessResourceFailureException;
  }

  private static boolean isOfAServer(@Nullable String state) {
    return state == null
        || state.length() < 2
        || (OF_A_SERVER.contains(state.substring(0, 2)) && !OF_ONE_STATEMENT.contains(state));
  }

  /**
   * What is wrong, without a value of the data: PostgreSQL's own words quote rows, and those of
   * others may.
   */
  public static String description(RuntimeException failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof SQLException sql) {
        return "the database refuses it" + place(sql);
      }
    }
    return "nothing can be computed with it";
  }

  private static String place(SQLException failure) {
    var place = new StringBuilder(" (SQL state ").append(failure.getSQLState());
    if (failure instanceof PSQLException postgres && postgres.getServerErrorMessage() != null) {
      var message = postgres.getServerErrorMessage();
      append(place, "table", message.getTable());
      append(place, "column", message.getColumn());
      append(place, "constraint", message.getConstraint());
    }
    return place.append(')').toString();
  }

  private static void append(StringBuilder to, String what, @Nullable String name) {
    if (name != null) {
      to.append(", ").append(what).append(' ').append(name);
    }
  }
}
