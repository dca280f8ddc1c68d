package org.smileadventure.ingest.quarantine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smileadventure.common.service.BadParameterException;
import org.smileadventure.ingest.quarantine.QuarantineLog.Position;
import org.smileadventure.ingest.quarantine.ReplayRuns.Step;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Carries on the run that sends records again, from where it is, on whichever instance is the first
 * to come. What is sent and how far the run is are noted together.
 */
@Component
class ReplayWorker {
  private static final Logger log = LoggerFactory.getLogger(ReplayWorker.class);
  private static final int LOOKED_AT_ONCE = 100_000;

  /** So that who asks for a single record, or to stop, waits for no more than that. */
  private static final int STEPS_IN_A_SECOND = 4;

  private final ReplayRuns runs;
  private final Replays replays;
  private final QuarantineLog quarantine;
  private final TransactionTemplate transaction;
  private final InstantSource clock;

  /** Of the run that goes on; null: not read. */
  private @Nullable LastOfTheirKeys last;

  ReplayWorker(
      ReplayRuns runs,
      Replays replays,
      QuarantineLog quarantine,
      TransactionTemplate transaction,
      InstantSource clock) {
    this.runs = runs;
    this.replays = replays;
    this.quarantine = quarantine;
    this.transaction = transaction;
    this.clock = clock;
  }

  @Scheduled(fixedDelayString = "${smile.ingest.replay-every:1s}")
  void work() {
    try {
      runs.running().ifPresentOrElse(this::carryOn, () -> last = null);
    } catch (DataAccessException
        | TransactionException
        | CompletionException
        | org.apache.kafka.common.KafkaException
        | org.springframework.kafka.KafkaException e) {
      log.warn("a replay run waits for a server: {}", e.getClass().getSimpleName());
    }
  }

  private void carryOn(ReplayRun run) {
    if (!run.topicId().equals(quarantine.id())) {
      runs.failed(
          run,
          "the quarantine topic was made anew, and its records have other numbers; start again");
      return;
    }
    var selection = selection(run);
    if (selection == null) {
      runs.failed(
          run,
          "this version of the service knows no reason %s; start again with one that it knows"
              .formatted(run.reason()));
      return;
    }
    var lasts = last;
    if (lasts == null || !lasts.reaches(run.position())) {
      lasts = LastOfTheirKeys.among(run.position(), quarantine);
      last = lasts;
    }
    var sending = new Sending(run, selection, lasts);
    sending.passed(quarantine.read(lasts.within(run.position()), LOOKED_AT_ONCE, sending::take));
  }

  /** Null if this version cannot know what is meant: a newer one may have begun it. */
  private static @Nullable Selection selection(ReplayRun run) {
    try {
      return run.selection();
    } catch (BadParameterException _) {
      return null;
    }
  }

  /**
   * What became of a step.
   *
   * @param run as it is then; empty: another instance is at it, or it was stopped
   * @param failure why the step is to be done again, though what was sent is noted; null: it is not
   */
  private record Done(Optional<ReplayRun> run, @Nullable CompletionException failure) {}

  /** What this instance does for a run, until it has read all or another one is ahead of it. */
  private final class Sending {
    private final Selection selection;
    private final LastOfTheirKeys lasts;
    private ReplayRun run;
    private boolean isOurs = true;

    Sending(ReplayRun run, Selection selection, LastOfTheirKeys lasts) {
      this.run = run;
      this.selection = selection;
      this.lasts = lasts;
    }

    int take(List<ConsumerRecord<byte[], byte @Nullable []>> records) {
      var used = 0;
      while (used < records.size() && isOurs && run.isRunning()) {
        var step = records.subList(used, used + length(records, used));
        advance(step, step.getLast().offset() + 1);
        used += step.size();
      }
      return used;
    }

    /** How many records from there on go together. */
    private int length(List<ConsumerRecord<byte[], byte @Nullable []>> records, int from) {
      var most =
          Math.min(Math.max(1, run.perSecond() / STEPS_IN_A_SECOND), run.most() - run.sent());
      var asked = 0;
      for (int i = from; i < records.size(); i++) {
        if (isAsked(records.get(i)) && ++asked == most) {
          return i + 1 - from;
        }
      }
      return records.size() - from;
    }

    private boolean isAsked(ConsumerRecord<byte[], byte @Nullable []> kafkaRecord) {
      return selection.has(kafkaRecord) && lasts.has(kafkaRecord);
    }

    /** Behind the last record that is shown there may be others. */
    void passed(Position position) {
      if (isOurs
          && run.isRunning()
          && (position.atEnd() || position.next() > run.position().next())) {
        advance(List.of(), position.next());
      }
    }

    private void advance(List<ConsumerRecord<byte[], byte @Nullable []>> records, long next) {
      waitUntilDue();
      var done = requireNonNull(transaction.execute(_ -> step(records, next)));
      var failure = done.failure();
      if (failure != null) {
        throw failure;
      }
      isOurs = done.run().isPresent();
      run = done.run().orElse(run);
    }

    private Done step(List<ConsumerRecord<byte[], byte @Nullable []>> records, long next) {
      if (!replays.mayBegin() || !runs.isDue(run)) {
        return new Done(Optional.empty(), null);
      }
      // Since they were read, all about a child may have been erased.
      var asked = quarantine.shown(records).stream().filter(this::isAsked).toList();
      var whole = asked.stream().filter(r -> !QuarantinedRecord.isWithoutItsValue(r)).toList();
      var outcome = replays.sendLocked(run.topicId(), whole, clock.instant(), run.askedBy());
      if (outcome.failure() != null) {
        return new Done(Optional.of(run), outcome.failure());
      }
      // Those sent since the run began were sent by a step of it that is done again.
      var before =
          (int) outcome.before().values().stream().filter(at -> at.isBefore(run.askedAt())).count();
      var sent = outcome.sent().size() + outcome.before().size() - before;
      return new Done(
          Optional.of(
              runs.advanced(
                  run, new Step(next, records.size(), sent, before, asked.size() - sent - before))),
          null);
    }

    private void waitUntilDue() {
      var pause = Duration.between(clock.instant(), run.notBefore());
      if (pause.isPositive()) {
        try {
          Thread.sleep(pause.plusMillis(1));
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
