package org.smileadventure.common.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** A reader that has read the database and is then held up until it is told to go on. */
final class SlowReader<T> {
  private final CountDownLatch computed = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final CompletableFuture<T> result;

  private <A> SlowReader(Supplier<A> compute, Function<Supplier<A>, T> read) {
    result =
        CompletableFuture.supplyAsync(
            () ->
                read.apply(
                    () -> {
                      var answer = compute.get();
                      computed.countDown();
                      await(released);
                      return answer;
                    }),
            task -> Thread.ofPlatform().daemon().start(task));
  }

  /** Returns when the reader has computed its answer, and not stored it yet. */
  static <A, T> SlowReader<T> started(Supplier<A> compute, Function<Supplier<A>, T> read) {
    var reader = new SlowReader<T>(compute, read);
    await(reader.computed);
    return reader;
  }

  T goOn() {
    released.countDown();
    return result.orTimeout(10, TimeUnit.SECONDS).join();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).as("the other thread came so far").isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
