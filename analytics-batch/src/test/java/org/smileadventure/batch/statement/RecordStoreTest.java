package org.smileadventure.batch.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Payload;
import org.smileadventure.common.fixture.AnyEvents;
import org.smileadventure.common.xapi.Statement;
import org.smileadventure.common.xapi.Statements;

/** What of an answer counts as stored, what is tried again, and whose fault the rest is. */
class RecordStoreTest {
  private static final String CANARY = "Qvintessa";
  private static final List<Statement> TWO =
      IntStream.of(1, 2)
          .mapToObj(
              i -> AnyEvents.event(new ChildId(433), i, new Payload.HelpRequested("step-" + i)))
          .map(new Statements(PlayingChildren.HOME_PAGE)::of)
          .toList();

  /** Nobody is behind it. */
  @AutoClose
  private final RecordStoreProxy proxy =
      new RecordStoreProxy(URI.create("http://127.0.0.1:1/xAPI"));

  private final RecordStore store =
      new RecordStore(
          new RecordStoreProperties(
              proxy.url(),
              null,
              null,
              Duration.ofHours(1),
              Duration.ofSeconds(30),
              Duration.ofMillis(1)));

  @Test
  void asManyIdsAsThereAreStatementsTellThatTheyAreStored() {
    proxy.refuse(_ -> true, 200, "[\"1\", \"2\"]");
    store.store(TWO);
    assertThat(proxy.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 409, 413})
  void statementIsRefusedForWhatItSays(int status) {
    proxy.refuse(_ -> true, status, CANARY);
    assertFails()
        .asInstanceOf(type(RecordStore.RefusedException.class))
        .extracting(RecordStore.RefusedException::status)
        .isEqualTo(status);
    assertThat(proxy.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void whatMayPassIsTriedFiveTimes(int status) {
    proxy.refuse(_ -> true, status, CANARY);
    assertAway().hasMessage("the record store answers " + status);
    assertThat(proxy.requests()).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 301, 302, 307, 401, 403, 404, 405})
  void anyOtherAnswerIsOfNoRecordStoreOrOfOneThatDoesNotKnowTheSender(int status) {
    proxy.answerWith(_ -> true, status, Map.of("Location", proxy.url() + "/statements"), "");
    assertAway()
        .hasMessageStartingWith("the record store ")
        .hasMessageContaining(String.valueOf(status));
    assertThat(proxy.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "[\"1\"]", "[\"1\", \"2\", \"3\"]", "{}", "null", "[\"1\", "})
  void answerWithoutTheIdsIsOfNoRecordStore(String says) {
    proxy.refuse(_ -> true, 200, says);
    assertAway().hasMessageStartingWith("the record store does not answer as one");
    assertThat(proxy.requests()).hasSize(1);
  }

  @Test
  void pageOfALoginIsOfNoRecordStore() {
    proxy.answerWith(_ -> true, 200, Map.of("Content-Type", "text/html"), "<html>" + CANARY);
    assertAway().hasMessageStartingWith("the record store does not answer as one");
    assertThat(proxy.requests()).hasSize(1);
  }

  @Test
  void nobodyListens() {
    proxy.leave();
    try {
      assertAway().hasMessageStartingWith("the record store cannot be reached: ");
    } finally {
      proxy.comeBack();
    }
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertAway() {
    return assertFails().isInstanceOf(RecordStore.AwayException.class);
  }

  /** In words of our own. */
  private AbstractThrowableAssert<?, ? extends Throwable> assertFails() {
    return assertThatThrownBy(() -> store.store(TWO)).hasNoCause().hasMessageNotContaining(CANARY);
  }
}
