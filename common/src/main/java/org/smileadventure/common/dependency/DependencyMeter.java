package org.smileadventure.common.dependency;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gauge {@code smile.dependency.up}: 1 for a server that answers, 0 for one that does not, NaN
 * until the first answer. Each server is asked on a thread of its own. So neither a scrape, nor a
 * pool that is used up, nor another server keeps it waiting.
 */
public final class DependencyMeter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DependencyMeter.class);

  private final ScheduledExecutorService threads;

  DependencyMeter(List<Dependency> dependencies, Duration every, MeterRegistry meters) {
    threads =
        Executors.newScheduledThreadPool(
            dependencies.size(), Thread.ofPlatform().daemon().name("dependency-", 0).factory());
    for (var dependency : dependencies) {
      var asked = new Asked(dependency);
      Gauge.builder("smile.dependency.up", asked, known -> known.up)
          .description("1 while the server answers this service")
          .tag("dependency", dependency.name())
          .strongReference(true)
          .register(meters);
      var _ = threads.scheduleWithFixedDelay(asked, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private static final class Asked implements Runnable {
    private final Dependency dependency;
    private volatile double up = Double.NaN;

    Asked(Dependency dependency) {
      this.dependency = dependency;
    }

    @Override
    public void run() {
      try {
        up = dependency.answers().getAsBoolean() ? 1 : 0;
      } catch (RuntimeException e) {
        // One that escapes would be the last measurement.
        log.warn("whether {} answers cannot be found out: {}", dependency.name(), e.toString());
        up = 0;
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
