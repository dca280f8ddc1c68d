package org.smileadventure.web.api;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * Asks the API several things at the same time, for the page and the viewer of the thread that made
 * it. Closing waits for all answers, also for those that nobody wants any more.
 */
public final class SideBySide implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** Asks now; the answer, or what was thrown in its place, is there when it is got. */
  public <T extends @Nullable Object> Supplier<T> ask(Supplier<T> question) {
    var request = RequestContextHolder.getRequestAttributes();
    var viewer = SecurityContextHolder.getContext();
    var answer =
        threads.submit(
            () -> {
              // The thread ends with the answer, and this with it.
              RequestContextHolder.setRequestAttributes(request);
              SecurityContextHolder.setContext(viewer);
              return question.get();
            });
    return () -> get(answer);
  }

  private static <T extends @Nullable Object> T get(Future<T> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiAwayException("interrupted while the API was asked", e);
    }
  }

  @Override
  public void close() {
    threads.close();
  }
}
