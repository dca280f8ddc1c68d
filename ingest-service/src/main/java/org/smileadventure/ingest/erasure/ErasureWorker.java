package org.smileadventure.ingest.erasure;

import java.util.List;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smileadventure.common.cache.AnswerCache;
import org.smileadventure.common.cache.CacheAwayException;
import org.smileadventure.ingest.TopicProperties;
import org.smileadventure.ingest.erasure.Erasures.Open;
import org.smileadventure.ingest.quarantine.QuarantinedChild;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Carries erasures out, each step from where it is: told to Kafka, the rows gone, then the cached
 * answers and what is in quarantine, and at last what was written by transactions that were open
 * meanwhile. Each step may be done twice, by two instances or after a crash, to no harm.
 */
@Component("announcedErasures")
class ErasureWorker implements HealthIndicator {
  private static final Logger log = LoggerFactory.getLogger(ErasureWorker.class);

  private final Erasures erasures;
  private final ErasureTopic topic;
  private final AnswerCache cache;
  private final QuarantinedChild quarantine;
  private final TopicProperties topics;
  private volatile boolean announcedAreKnown;

  ErasureWorker(
      Erasures erasures,
      ErasureTopic topic,
      AnswerCache cache,
      QuarantinedChild quarantine,
      TopicProperties topics) {
    this.erasures = erasures;
    this.topic = topic;
    this.cache = cache;
    this.quarantine = quarantine;
    this.topics = topics;
  }

  @Scheduled(fixedDelayString = "${smile.ingest.erase-every:1s}")
  void work() {
    if (!announcedAreKnown) {
      trying("announced erasures", this::learnOfThoseAnnounced);
    }
    trying(
        "erasures",
        () -> {
          for (var open : erasures.open()) {
            trying("erasure " + open.erasure().id(), () -> carryOn(open));
          }
        });
  }

  /** Whether the database knows of all erasures that were announced before this start. */
  @Override
  public Health health() {
    return announcedAreKnown ? Health.up().build() : Health.down().build();
  }

  private void carryOn(Open open) {
    var erasure = open.erasure();
    if (!open.announced()) {
      topic.announce(erasure);
      erasures.announced(erasure);
    }
    if (!open.erased()) {
      erasures.erase(erasure);
    }
    if (!open.cleared()) {
      clear(erasure);
      erasures.cleared(erasure);
    }
    if (erasures.othersHaveEnded(erasure)) {
      erasures.sweep(erasure);
      clear(erasure);
      erasures.swept(erasure);
      log.info("erasure {} is done", erasure.id());
    }
  }

  private void clear(Erasure erasure) {
    var child = erasure.child();
    if (child != null) {
      cache.invalidate(List.of(child));
      quarantine.delete(child);
    }
  }

  /** The database may be a copy of an earlier state. */
  private void learnOfThoseAnnounced() {
    erasures.topicsKeep(topics);
    var entered = erasures.enter(topic.announced());
    announcedAreKnown = true;
    if (entered > 0) {
      log.warn("{} erasures were not known to the database; they are carried out again", entered);
    }
  }

  private static void trying(String what, Runnable work) {
    try {
      work.run();
    } catch (DataAccessException
        | TransactionException
        | CacheAwayException
        | CompletionException
        | org.apache.kafka.common.KafkaException
        | org.springframework.kafka.KafkaException e) {
      log.warn("{} wait for a server: {}", what, e.getClass().getSimpleName());
    }
  }
}
