package org.smileadventure.common.metric;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.smileadventure.common.fold.Moments;
import org.smileadventure.common.fold.SessionFigures;
import org.smileadventure.common.fold.Status;

/**
 * The strategy with which the child calmed down fastest.
 *
 * @param recovery in seconds: of the sessions in which it was used beside those in which none was
 */
public record Aid(String strategy, Comparison recovery) {

  /**
   * Empty if in no two sessions with a recovery the same strategy was used, or in no two none.
   *
   * @param sessions with their courses, in any order
   */
  public static Optional<Aid> of(Collection<SessionFigures> sessions) {
    var without = new ArrayList<SessionFigures>();
    var with = new TreeMap<String, ArrayList<SessionFigures>>(CodePoints.ORDER);
    for (var session : sessions) {
      var course = session.course();
      if (session.status() == Status.COMPLETED
          && session.recoveryMillis() != null
          && course != null) {
        course
            .strategies()
            .keySet()
            .forEach(name -> with.computeIfAbsent(name, _ -> new ArrayList<>()).add(session));
        if (course.strategies().isEmpty()) {
          without.add(session);
        }
      }
    }
    var unaided = sample(without);
    return with.entrySet().stream()
        .map(
            used ->
                new Aid(
                    used.getKey(),
                    Comparison.of(sample(used.getValue()), unaided, Effect.RECOVERY)))
        .filter(aid -> aid.recovery().difference() != null)
        .min(
            // The surest that shortens it, and of these the one that does so most.
            Comparator.comparing(Aid::shortens)
                .reversed()
                .thenComparing(aid -> aid.recovery().certainty())
                .thenComparingDouble(Aid::difference)
                .thenComparing(Aid::strategy, CodePoints.ORDER));
  }

  /** Whether the child calmed down faster with it. */
  public boolean shortens() {
    return difference() < 0;
  }

  private double difference() {
    var difference = recovery.difference();
    return difference == null ? 0 : difference;
  }

  private static Sample sample(Collection<SessionFigures> sessions) {
    var metric = Figure.RECOVERY.metric();
    return Sample.of(Moments.of(sessions, List.of()).values(metric), metric);
  }
}
