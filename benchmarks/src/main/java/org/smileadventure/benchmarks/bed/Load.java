package org.smileadventure.benchmarks.bed;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.HdrHistogram.Histogram;

/** Sends requests from many threads, and takes down how long each took, in microseconds. */
public final class Load {
  private static final long LONGEST_MICROS = 60_000_000;

  private Load() {}

  /** As many as were answered in a second, and how long they took. */
  public record Taken(double perSecond, Histogram micros) {
    public long answers() {
      return micros.getTotalCount();
    }

    public double p99Millis() {
      return micros.getValueAtPercentile(99) / 1e3;
    }

    public double p95Millis() {
      return micros.getValueAtPercentile(95) / 1e3;
    }

    public double medianMillis() {
      return micros.getValueAtPercentile(50) / 1e3;
    }
  }

  /**
   * Each user sends its next request when the one before is answered and it has thought.
   *
   * @param call is given the number of the user
   */
  public static Taken users(int users, double seconds, long thinkMillis, IntConsumer call) {
    var end = System.nanoTime() + (long) (seconds * 1e9);
    return gathered(
        users,
        user -> {
          var micros = new Histogram(LONGEST_MICROS, 3);
          // Not all at the same moment.
          LockSupport.parkNanos((long) (thinkMillis * 1e6 * user / users));
          while (System.nanoTime() < end) {
            var begin = System.nanoTime();
            call.accept(user);
            micros.recordValue(Math.min(LONGEST_MICROS, (System.nanoTime() - begin) / 1_000));
            LockSupport.parkNanos(thinkMillis * 1_000_000);
          }
          return micros;
        },
        seconds);
  }

  /**
   * Requests at a steady rate, whether the ones before are answered or not: each is timed from the
   * moment at which it was due, so that what has to wait behind a slow one is counted, too.
   */
  public static Taken steady(int threads, double perSecond, double seconds, IntConsumer call) {
    var start = System.nanoTime();
    var gap = 1e9 * threads / perSecond;
    return gathered(
        threads,
        thread -> {
          var micros = new Histogram(LONGEST_MICROS, 3);
          var due = start + (long) (gap * thread / threads);
          while (due < start + seconds * 1e9) {
            var wait = due - System.nanoTime();
            if (wait > 0) {
              LockSupport.parkNanos(wait);
            }
            call.accept(thread);
            micros.recordValue(Math.clamp((System.nanoTime() - due) / 1_000, 0, LONGEST_MICROS));
            due += (long) gap;
          }
          return micros;
        },
        seconds);
  }

  private interface Client {
    Histogram run(int number);
  }

  private static Taken gathered(int clients, Client client, double seconds) {
    var all = new Histogram(LONGEST_MICROS, 3);
    try (var threads = Executors.newFixedThreadPool(clients)) {
      List<Callable<Histogram>> calls = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        var number = i;
        calls.add(() -> client.run(number));
      }
      for (Future<Histogram> part : threads.invokeAll(calls)) {
        all.add(part.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkFailure("interrupted", e);
    } catch (ExecutionException e) {
      throw new BenchmarkFailure("a request failed: " + e.getCause(), e);
    }
    return new Taken(all.getTotalCount() / seconds, all);
  }
}
