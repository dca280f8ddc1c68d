package org.smileadventure.common.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Sends of spans only what is known to hold nothing about a person: libraries put whole addresses,
 * which name children, and messages of failures into them. Names are made of routes, so that there
 * are only so many. What is of no use to who follows a request (probes, scrapes, tasks that run all
 * the time) is not sent.
 */
final class DiscreetExporter implements SpanExporter {
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("method");
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("uri");
  // Anybody can make up a method, and each would be a name.
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");
  private static final Set<String> TOLD =
      Set.of(
          "method",
          "uri",
          "status",
          "outcome",
          "exception",
          "error.type",
          "messaging.system",
          "messaging.operation",
          "messaging.destination.name",
          "messaging.destination.kind",
          "messaging.batch.message_count",
          "smile.answer.source",
          "smile.events.refused",
          "smile.events.stored");

  private final SpanExporter exporter;

  DiscreetExporter(SpanExporter exporter) {
    this.exporter = exporter;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    List<SpanData> told =
        spans.stream().filter(DiscreetExporter::isOfUse).<SpanData>map(Discreet::new).toList();
    return told.isEmpty() ? CompletableResultCode.ofSuccess() : exporter.export(told);
  }

  private static boolean isOfUse(SpanData span) {
    var route = span.getAttributes().get(ROUTE);
    return (span.getKind() != SpanKind.INTERNAL
            || span.getInstrumentationScopeInfo().getName().equals(Spans.SCOPE))
        && (route == null || !route.startsWith("/actuator"));
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }

  private static final class Discreet extends DelegatingSpanData {
    private final String name;
    private final Attributes attributes;
    private final StatusData status;

    Discreet(SpanData span) {
      super(span);
      attributes =
          span.getAttributes().toBuilder()
              .removeIf(key -> !TOLD.contains(key.getKey()) || isAddress(key, span))
              .build();
      name = name();
      status = StatusData.create(span.getStatus().getStatusCode(), "");
    }

    /** Of a request that is sent it is what the caller has put together, and no route. */
    private static boolean isAddress(AttributeKey<?> key, SpanData span) {
      return key.equals(ROUTE) && span.getKind() != SpanKind.SERVER;
    }

    private String name() {
      var method = attributes.get(METHOD);
      var route = attributes.get(ROUTE);
      return method == null || route == null
          ? super.getName()
          : (METHODS.contains(method) ? method : "OTHER") + " " + route;
    }

    @Override
    public String getName() {
      return name;
    }

    @Override
    public Attributes getAttributes() {
      return attributes;
    }

    @Override
    public int getTotalAttributeCount() {
      return attributes.size();
    }

    @Override
    public List<EventData> getEvents() {
      return List.of();
    }

    @Override
    public int getTotalRecordedEvents() {
      return 0;
    }

    @Override
    public StatusData getStatus() {
      return status;
    }
  }
}
