package org.smileadventure.query.security;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.smileadventure.common.service.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * How often passwords are tried. Wrong ones are counted for the account and the address that they
 * come from together: whoever guesses is slowed down, and cannot keep out somebody who comes from
 * elsewhere. Whether there is such an account does not matter. An instance counts for itself.
 */
@Component
public class Attempts {
  private static final int FROM_AN_ADDRESS = 100;
  private static final Duration PER_ADDRESS = Duration.ofMinutes(1);
  private static final int WRONG = 10;
  private static final Duration PER_WRONG = Duration.ofMinutes(10);
  private static final int NEW_ACCOUNTS = 20;
  private static final Duration PER_NEW_ACCOUNTS = Duration.ofHours(1);
  private static final int MAILS = 20;
  private static final Duration PER_MAILS = Duration.ofHours(1);
  private static final int LINKS = 600;
  private static final int UNKNOWN_LINKS = 30;
  private static final Duration PER_LINKS = Duration.ofMinutes(1);
  private static final int REMEMBERED = 100_000;
  private static final int NETWORK_BYTES_OF_IPV6 = 8;

  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > REMEMBERED;
        }
      };
  // To hash a password takes a processor for long. The others want to be answered too.
  private final Bulkhead hashing =
      Bulkhead.of(
          "hashing passwords",
          BulkheadConfig.custom()
              .maxConcurrentCalls(Math.max(2, Runtime.getRuntime().availableProcessors()))
              .maxWaitDuration(Duration.ofSeconds(5))
              .build());
  private final TimeMeter time;
  private final Counter throttled;

  Attempts(InstantSource clock, MeterRegistry meters) {
    throttled = meters.counter("smile.login.throttled");
    time =
        new TimeMeter() {
          @Override
          public long currentTimeNanos() {
            return TimeUnit.MILLISECONDS.toNanos(clock.millis());
          }

          @Override
          public boolean isWallClockBased() {
            return true;
          }
        };
  }

  /**
   * Does what hashes a password, unless too much of it is asked for.
   *
   * @throws ProblemException if too much is; with 429
   */
  public <T> T hashing(HttpServletRequest request, Supplier<T> work) {
    take(bucket("address " + network(request), FROM_AN_ADDRESS, PER_ADDRESS));
    try {
      return hashing.executeSupplier(work);
    } catch (BulkheadFullException _) {
      throw tooMany(Duration.ofSeconds(1));
    }
  }

  /**
   * Counts somebody who would like an account.
   *
   * @throws ProblemException if this address has asked for too many
   */
  public void newAccount(HttpServletRequest request) {
    take(bucket("new " + network(request), NEW_ACCOUNTS, PER_NEW_ACCOUNTS));
  }

  /**
   * Counts somebody who would like a mail to an address that they name.
   *
   * @throws ProblemException if this address has asked for too many
   */
  public void mail(HttpServletRequest request) {
    take(bucket("mail " + network(request), MAILS, PER_MAILS));
  }

  /**
   * Counts somebody who comes with a link to a report. Many may come from the address of the pages.
   *
   * @throws ProblemException if too many have come from this address
   */
  public void share(HttpServletRequest request) {
    take(bucket("link " + network(request), LINKS, PER_LINKS));
  }

  /**
   * Counts a link that there is not. Who has one of ours is let in all the same.
   *
   * @throws ProblemException if this address has come with too many
   */
  public void unknownShare(HttpServletRequest request) {
    take(bucket("unknown link " + network(request), UNKNOWN_LINKS, PER_LINKS));
  }

  /**
   * Lets nobody try who was wrong too often.
   *
   * @param account how it is called, whether there is one or not
   * @throws ProblemException if a try is not due yet
   */
  public void requireTryLeft(HttpServletRequest request, String account) {
    var probe = wrongOnes(request, account).estimateAbilityToConsume(1);
    if (!probe.canBeConsumed()) {
      throw tooMany(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }
  }

  /** Counts a wrong password. */
  public void wrong(HttpServletRequest request, String account) {
    wrongOnes(request, account).tryConsume(1);
  }

  /** Forgets the wrong ones, as another password counts. */
  public void forget(HttpServletRequest request, String account) {
    synchronized (buckets) {
      buckets.remove(nameOfWrong(request, account));
    }
  }

  private Bucket wrongOnes(HttpServletRequest request, String account) {
    return bucket(nameOfWrong(request, account), WRONG, PER_WRONG);
  }

  private static String nameOfWrong(HttpServletRequest request, String account) {
    return "wrong " + network(request) + " " + account;
  }

  private void take(Bucket bucket) {
    var probe = bucket.tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      throw tooMany(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }
  }

  private Bucket bucket(String name, int capacity, Duration period) {
    synchronized (buckets) {
      return buckets.computeIfAbsent(
          name,
          _ ->
              Bucket.builder()
                  .addLimit(limit -> limit.capacity(capacity).refillGreedy(capacity, period))
                  .withCustomTimePrecision(time)
                  .build());
    }
  }

  /** Of IPv6, what a household or a machine is given as one: it has the rest to choose from. */
  private static String network(HttpServletRequest request) {
    try {
      // A literal: nothing is looked up.
      var address = InetAddress.ofLiteral(request.getRemoteAddr()).getAddress();
      return InetAddress.getByAddress(
              address.length == 4
                  ? address
                  : Arrays.copyOf(Arrays.copyOf(address, NETWORK_BYTES_OF_IPV6), address.length))
          .getHostAddress();
    } catch (UnknownHostException | IllegalArgumentException _) {
      return request.getRemoteAddr();
    }
  }

  private ProblemException tooMany(Duration wait) {
    throttled.increment();
    var seconds = Math.max(1, wait.plusMillis(999).toSeconds());
    return new ProblemException(
            HttpStatus.TOO_MANY_REQUESTS, "too many tries; try again in " + seconds + " s")
        .retryAfter(seconds);
  }
}
