package org.smileadventure.batch.range;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.store.Fault;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Does a chunk together, and if that fails, its children one by one, each behind a savepoint: what
 * is wrong with one child's data is left as it was until the next run, and keeps nobody else from
 * being done. What is wrong with a server fails the step, as it would for each of them.
 */
final class OneByOne implements ItemWriter<ChildId> {
  private static final Logger log = LoggerFactory.getLogger(OneByOne.class);

  private final String step;
  private final ItemWriter<ChildId> work;
  private final TransactionTemplate savepoint;
  private final MeterRegistry meters;

  OneByOne(
      String step,
      ItemWriter<ChildId> work,
      PlatformTransactionManager transactions,
      MeterRegistry meters) {
    this.step = step;
    this.work = work;
    this.savepoint = new TransactionTemplate(transactions);
    savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    this.meters = meters;
    count(0);
  }

  @Override
  public void write(Chunk<? extends ChildId> chunk) {
    if (!isDone(chunk.getItems())) {
      for (var child : chunk.getItems()) {
        if (!isDone(List.of(child))) {
          count(1);
          log.error("{}: child {} is left out", step, child);
        }
      }
    }
  }

  private boolean isDone(List<? extends ChildId> children) {
    try {
      savepoint.executeWithoutResult(_ -> attempt(children));
      return true;
    } catch (RuntimeException e) {
      if (Fault.isOfAServer(e)) {
        throw e;
      }
      // Without its message, which may quote a row.
      log.warn("{}: {} children fail with {}", step, children.size(), e.getClass().getName());
      return false;
    }
  }

  private void attempt(List<? extends ChildId> children) {
    try {
      work.write(new Chunk<>(children));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void count(int children) {
    meters.counter("smile.batch.children.left.out", "step", step).increment(children);
  }
}
