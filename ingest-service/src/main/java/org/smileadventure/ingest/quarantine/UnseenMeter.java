package org.smileadventure.ingest.quarantine;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smileadventure.ingest.quarantine.QuarantineLog.Position;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How much is in quarantine that nobody has seen, and for how long. Of the records only those are
 * read that have come since the last time, and so many at a time.
 */
@Component
class UnseenMeter {
  private static final Logger log = LoggerFactory.getLogger(UnseenMeter.class);
  private static final int NONE = -1;

  private final QuarantineLog quarantine;
  private final Seen seen;
  private final InstantSource clock;
  private @Nullable String topicId;
  private UnseenRecords records = new UnseenRecords(NONE, QuarantineCounts.MOST);
  private volatile @Nullable Measured measured;

  /**
   * @param oldest null without one
   */
  private record Measured(int count, @Nullable Instant oldest) {}

  UnseenMeter(QuarantineLog quarantine, Seen seen, InstantSource clock, MeterRegistry meters) {
    this.quarantine = quarantine;
    this.seen = seen;
    this.clock = clock;
    Gauge.builder("smile.quarantine.unseen.records", this::count).register(meters);
    Gauge.builder("smile.quarantine.unseen.seconds", this::seconds).register(meters);
  }

  private double count() {
    var now = measured;
    return now == null ? Double.NaN : now.count();
  }

  private double seconds() {
    var now = measured;
    if (now == null) {
      return Double.NaN;
    }
    return now.oldest() == null
        ? 0
        : Math.max(0, Duration.between(now.oldest(), clock.instant()).toMillis() / 1e3);
  }

  @Scheduled(fixedDelayString = "${smile.ingest.measure-unseen-every:10s}")
  synchronized void measure() {
    try {
      var id = quarantine.id();
      var there = quarantine.newest(Integer.MAX_VALUE).position();
      long last = seen.upTo(id).orElse((long) NONE);
      if (!id.equals(topicId)) {
        topicId = id;
        records = new UnseenRecords(last, QuarantineCounts.MOST);
      }
      records.dropUpTo(last, there.next());
      records.readUpTo(read(new Position(records.next(), there.end())).next());
      seen.measured(id, there.end(), records.count(), records.oldest(), clock.instant());
      measured = new Measured(records.count(), records.oldest());
    } catch (DataAccessException
        | org.apache.kafka.common.KafkaException
        | org.springframework.kafka.KafkaException e) {
      if (measured != null) {
        log.warn("nobody knows what is unseen in quarantine: {}", e.getClass().getSimpleName());
      }
      measured = null;
    }
  }

  private Position read(Position from) {
    return quarantine.readAll(
        from,
        QuarantineCounts.MOST,
        all -> {
          records.take(all, quarantine::shown);
          return all.size();
        });
  }
}
