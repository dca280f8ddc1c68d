package org.smileadventure.benchmarks.seed;

import java.net.http.HttpRequest;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntConsumer;
import org.smileadventure.benchmarks.bed.Load;
import org.smileadventure.benchmarks.bed.Median;
import org.smileadventure.benchmarks.bed.Testbed;
import org.smileadventure.benchmarks.services.QueryService;

/**
 * Answers of query-api about 30 days of a child: as a window, which is cached, and as a period of
 * one's own, which is the same but computed each time.
 */
final class CachedAnswers {
  private static final int THINK_MILLIS = 200;
  private static final double BOUND_P95_MILLIS = 100;
  private static final int MOST_USERS = 1_600;
  private static final int REQUESTS_A_SECOND = 50;

  private final Testbed testbed;
  private final QueryService service;
  private final int rounds;
  private final double seconds;
  private final List<HttpRequest> cached = new ArrayList<>();
  private final List<HttpRequest> computed = new ArrayList<>();

  CachedAnswers(
      Testbed testbed, QueryService service, int rounds, double seconds, List<Long> children) {
    this.testbed = testbed;
    this.service = service;
    this.rounds = rounds;
    this.seconds = seconds;
    var to = LocalDate.now(ZoneOffset.UTC);
    var period = "from=" + to.minusDays(29) + "&to=" + to;
    for (var child : children) {
      var parent =
          testbed
              .jdbc()
              .queryForObject("SELECT parent_id FROM children WHERE id = ?", Long.class, child);
      var token = service.token(parent == null ? 0 : parent);
      var path = "/api/v1/children/" + child + "/analytics?";
      cached.add(service.request(path + "window=30d", token));
      computed.add(service.request(path + period, token));
    }
  }

  List<Claim> measure() {
    cached.forEach(service::send);
    IntConsumer hit = _ -> any(cached);
    IntConsumer computation = _ -> any(computed);
    Load.users(4, seconds, 0, computation);
    Load.users(4, seconds, 0, hit);
    return List.of(
        alone(computation, hit), databaseWork(computation, hit), users(computation, hit));
  }

  private Claim alone(IntConsumer computation, IntConsumer hit) {
    var before = new ArrayList<Double>();
    var after = new ArrayList<Double>();
    for (int round = 0; round < rounds; round++) {
      before.add(Load.users(1, seconds / 2, 0, computation).medianMillis());
      after.add(Load.users(1, seconds / 2, 0, hit).medianMillis());
    }
    return Claim.less(
        "an answer: cached against computed", 90, 95, Median.of(before), Median.of(after));
  }

  /** Processor time of the database while so many requests a second come. */
  private Claim databaseWork(IntConsumer computation, IntConsumer hit) {
    return Claim.less(
        "the database's work at %d requests/s: cache".formatted(REQUESTS_A_SECOND),
        40,
        60,
        databaseMillis(computation),
        databaseMillis(hit));
  }

  private double databaseMillis(IntConsumer call) {
    var before = testbed.used();
    Load.steady(8, REQUESTS_A_SECOND, seconds * 2, call);
    return 1e3 * testbed.used().since(before).postgres();
  }

  private Claim users(IntConsumer computation, IntConsumer hit) {
    return Claim.times(
        "users with p95 below %.0f ms: cache".formatted(BOUND_P95_MILLIS),
        2,
        3,
        mostUsers(computation),
        mostUsers(hit));
  }

  /**
   * Who think for a fifth of a second between answers: as many as there may be, in steps of a
   * quarter.
   */
  private int mostUsers(IntConsumer call) {
    var most = 1;
    for (double users = 8; users <= MOST_USERS; users *= 1.25) {
      if (Load.users((int) users, seconds, THINK_MILLIS, call).p95Millis() > BOUND_P95_MILLIS) {
        break;
      }
      most = (int) users;
    }
    return most;
  }

  private void any(List<HttpRequest> requests) {
    service.send(requests.get(ThreadLocalRandom.current().nextInt(requests.size())));
  }
}
