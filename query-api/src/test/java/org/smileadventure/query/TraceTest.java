package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.trace.v1.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.fixture.OtlpReceiver;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.PlayedSession;
import org.smileadventure.query.fixture.ServiceUnderTest;

/** An answer is followed from the request to the database, if traces are made. */
@RealServers
class TraceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @AutoClose private static final OtlpReceiver RECEIVER = new OtlpReceiver();

  @AutoClose
  private static final ServiceUnderTest SERVICE =
      ServiceUnderTest.start(
          "--SMILE_OTLP_URL=" + RECEIVER.address(),
          "--SMILE_TRACES_SAMPLED=1",
          "--management.opentelemetry.tracing.export.schedule-delay=50ms");

  @Test
  void answerIsComputedInASpanOfItsOwnAndOnlyOnce() {
    SERVICE
        .db()
        .sql("SELECT setval(pg_get_serial_sequence('children', 'id'), 918273645)")
        .query(Long.class)
        .single();
    var family = SERVICE.family("Europe/Rome");
    PlayedSession.completed(Instant.parse("2026-01-15T11:00:00Z"), 50)
        .store(SERVICE.db(), family.child(), ZoneId.of("Europe/Rome"));
    SERVICE.get(family.analytics("all"), family.token()).ok();
    SERVICE.get(family.analytics("all"), family.token()).ok();

    await().atMost(PATIENCE).until(() -> requests().size() == 2);
    var miss =
        requests().stream().filter(span -> isAnswered(span, "miss")).findFirst().orElseThrow();
    var hit = requests().stream().filter(span -> isAnswered(span, "hit")).findFirst().orElseThrow();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(names(miss))
                  .containsExactlyInAnyOrder(
                      "answer by way of the cache", "compute answer", miss.getName());
              assertThat(names(hit))
                  .containsExactlyInAnyOrder("answer by way of the cache", hit.getName());
            });
    assertThat(RECEIVER.text())
        .contains("query-api")
        .doesNotContain(family.child().toString(), "SELECT", "viewer:", "Bearer");
  }

  private static List<Span> requests() {
    return RECEIVER.spans().stream()
        .filter(span -> span.getName().startsWith("GET /api/v1/children/{"))
        .toList();
  }

  private static boolean isAnswered(Span span, String source) {
    return span.getAttributesList().stream()
        .anyMatch(
            attribute ->
                attribute.getKey().equals("smile.answer.source")
                    && attribute.getValue().getStringValue().equals(source));
  }

  private static List<String> names(Span request) {
    return RECEIVER.spans().stream()
        .filter(span -> span.getTraceId().equals(request.getTraceId()))
        .map(Span::getName)
        .toList();
  }
}
