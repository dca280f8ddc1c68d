package org.smileadventure.ingest.listener;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.trace.Spans;
import org.springframework.stereotype.Component;

/**
 * The span of a batch. Its events were sent by many, so none of them is its parent: it has links to
 * the spans in which they were sent, as far as these are recorded.
 */
@Component
final class BatchSpan {
  private static final int MOST_LINKS = 100;

  private static final TextMapGetter<Headers> HEADERS =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Headers headers) {
          return Arrays.stream(headers.toArray()).map(header -> header.key()).toList();
        }

        @Override
        public @Nullable String get(@Nullable Headers headers, String key) {
          var header = headers == null ? null : headers.lastHeader(key);
          var value = header == null ? null : header.value();
          return value == null ? null : new String(value, US_ASCII);
        }
      };

  private final Spans spans;

  BatchSpan(Spans spans) {
    this.spans = spans;
  }

  /** Does the work, what becomes of the batch, in its span. */
  void around(List<? extends ConsumerRecord<?, ?>> batch, Runnable work) {
    spans.in("process batch", span -> describe(batch, span), work);
  }

  private static void describe(List<? extends ConsumerRecord<?, ?>> batch, SpanBuilder span) {
    span.setNoParent()
        .setSpanKind(SpanKind.CONSUMER)
        .setAttribute("messaging.system", "kafka")
        .setAttribute("messaging.operation", "process")
        .setAttribute(
            "messaging.destination.name",
            batch.stream().map(ConsumerRecord::topic).distinct().collect(Collectors.joining(",")))
        .setAttribute("messaging.batch.message_count", batch.size());
    var linked = new HashSet<String>();
    for (var kafkaRecord : batch) {
      if (linked.size() == MOST_LINKS) {
        return;
      }
      var sent =
          Span.fromContext(
                  W3CTraceContextPropagator.getInstance()
                      .extract(Context.root(), kafkaRecord.headers(), HEADERS))
              .getSpanContext();
      if (sent.isSampled() && linked.add(sent.getSpanId())) {
        span.addLink(sent);
      }
    }
  }
}
