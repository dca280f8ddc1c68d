package org.smileadventure.query.operations;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;

/**
 * How long this instance took for its answers below {@code /api/v1}, those that the timer {@code
 * http.server.requests} has, in the last five minutes. That timer is one for each path and status,
 * whose percentiles do not add up to one of all. Reports and exports are left out: to make them,
 * and to read them, takes what it takes.
 */
@Component
class RequestTimes implements ObservationHandler<ServerRequestObservationContext> {
  static final Duration WINDOW = Duration.ofMinutes(5);
  private static final double PERCENTILE = 0.99;

  private final Clock clock;
  private final Timer times;

  RequestTimes() {
    this(Clock.SYSTEM);
  }

  /** By this clock. */
  private RequestTimes(Clock clock) {
    this.clock = clock;
    // In a registry of its own, as no operator is to add it up with those of other instances.
    this.times =
        Timer.builder("answers")
            .publishPercentiles(PERCENTILE)
            .percentilePrecision(2)
            .distributionStatisticExpiry(WINDOW)
            .distributionStatisticBufferLength(5)
            .register(new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock));
  }

  static RequestTimes by(Clock clock) {
    return new RequestTimes(clock);
  }

  private record Start(long nanos) {}

  @Override
  public boolean supportsContext(Observation.Context context) {
    return context instanceof ServerRequestObservationContext;
  }

  @Override
  public void onStart(ServerRequestObservationContext request) {
    request.put(Start.class, new Start(clock.monotonicTime()));
  }

  @Override
  public void onStop(ServerRequestObservationContext request) {
    Start start = request.get(Start.class);
    var asked = request.getCarrier();
    if (start != null && asked != null && counts(asked.getRequestURI())) {
      record(clock.monotonicTime() - start.nanos());
    }
  }

  private static boolean counts(String path) {
    return path.startsWith("/api/v1/") && !path.endsWith("/export") && !path.endsWith("/report");
  }

  void record(long nanos) {
    times.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** Milliseconds that 99 of 100 answers took at most; empty if there were none. */
  OptionalDouble slowest() {
    var percentile = times.takeSnapshot().percentileValues()[0];
    var millis = percentile.value(TimeUnit.MILLISECONDS);
    return millis > 0 ? OptionalDouble.of(millis) : OptionalDouble.empty();
  }
}
