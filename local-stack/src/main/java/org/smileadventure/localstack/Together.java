package org.smileadventure.localstack;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Does several things at the same time, and returns when all are done. */
final class Together {
  private Together() {}

  /** Throws what one of them threw. */
  static void run(List<Callable<Void>> deeds) {
    // Platform threads: virtual ones that load classes side by side can deadlock in nested jars.
    var threads = Thread.ofPlatform().name("local-stack-start-", 0).factory();
    try (var executor = Executors.newThreadPerTaskExecutor(threads)) {
      for (var done : executor.invokeAll(deeds)) {
        done.get();
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IllegalStateException(e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while starting servers", e);
    }
  }
}
