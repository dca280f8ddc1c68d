package org.smileadventure.common.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Spans around work, or nothing but the work where no traces are made. What a span says of itself
 * is one of the keys that {@link DiscreetExporter} lets through. Thread-safe.
 */
public final class Spans {
  /** Makes none. */
  public static final Spans NONE = new Spans(null);

  static final String SCOPE = "org.smileadventure";

  private final @Nullable Tracer tracer;

  Spans(@Nullable Tracer tracer) {
    this.tracer = tracer;
  }

  /** Whether there are any, so that what only a span needs can be left out. */
  public boolean areMade() {
    return tracer != null;
  }

  /** Does the work in a span of this name, a child of the span that is current. */
  public <T extends @Nullable Object> T in(String name, Supplier<T> work) {
    return tracer == null ? work.get() : in(tracer.spanBuilder(name), work);
  }

  /** The same, of work without a result. */
  public void in(String name, Runnable work) {
    in(name, _ -> {}, work);
  }

  /**
   * The same, of a span with more to it than a name.
   *
   * @param more is asked for it only if spans are made
   */
  public void in(String name, Consumer<SpanBuilder> more, Runnable work) {
    if (tracer == null) {
      work.run();
      return;
    }
    var builder = tracer.spanBuilder(name);
    more.accept(builder);
    Supplier<@Nullable Void> supplier =
        () -> {
          work.run();
          return null;
        };
    in(builder, supplier);
  }

  private static <T extends @Nullable Object> T in(SpanBuilder builder, Supplier<T> work) {
    var span = builder.startSpan();
    try (var _ = span.makeCurrent()) {
      return work.get();
    } catch (RuntimeException | Error e) {
      span.setStatus(StatusCode.ERROR);
      span.setAttribute("error.type", e.getClass().getName());
      throw e;
    } finally {
      span.end();
    }
  }

  /** Says something of the span that is current. */
  public void note(String key, String value) {
    if (tracer != null) {
      Span.current().setAttribute(key, value);
    }
  }

  /** Says a number of it. */
  public void note(String key, long value) {
    if (tracer != null) {
      Span.current().setAttribute(key, value);
    }
  }
}
