package org.smileadventure.common.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

class FaultTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"08006", "25006", "40P01", "42P01", "53300", "55P03", "57P01", "58030", "XX000"})
  void aServerThatIsAwayOrBusyIsAtFault(String state) {
    assertThat(Fault.isOfAServer(failure(state))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"57014", "54000", "53200", "22P05", "22003", "23514", "P0001"})
  void whatOneStatementIsAboutCanBeAtFault(String state) {
    assertThat(Fault.isOfAServer(failure(state))).isFalse();
  }

  @Test
  void whatWeComputeCanBeAtFault() {
    assertThat(Fault.isOfAServer(new ArithmeticException("integer overflow"))).isFalse();
    assertThat(Fault.isOfAServer(new CannotCreateTransactionException("no pool"))).isTrue();
    assertThat(Fault.isOfAServer(new DataAccessResourceFailureException("away"))).isTrue();
  }

  @Test
  void noValueOfTheDataIsTold() {
    assertThat(Fault.description(failure("23514")))
        .isEqualTo("the database refuses it (SQL state 23514)");
    assertThat(Fault.description(new IllegalStateException("Sam is 7")))
        .isEqualTo("nothing can be computed with it");
  }

  private static RuntimeException failure(String state) {
    return new DataAccessResourceFailureException(
        "no", new SQLException("failing row contains (Sam)", state));
  }
}
