package org.smileadventure.common.statistic;

import java.util.List;

/**
 * Bayesian knowledge tracing (Corbett and Anderson 1995): a learner knows something or does not,
 * may learn it after each attempt, and forgets nothing. Whoever knows it fails by a slip, whoever
 * does not succeeds by a guess.
 *
 * <p>Guess and slip are less than a half: with more, to fail would speak for knowing, and known and
 * unknown could trade places without any attempt being less likely.
 *
 * @param known probability that it is known before the first attempt
 * @param learn probability that it is learned after an attempt, if it was not known
 * @param guess probability to succeed without knowing
 * @param slip probability to fail although it is known
 */
public record KnowledgeTracing(double known, double learn, double guess, double slip) {
  /** What is taken where there is too little to fit from. */
  public static final KnowledgeTracing USUAL = new KnowledgeTracing(0.3, 0.15, 0.2, 0.1);

  /** Of fewer learners no parameters are told. */
  public static final int LEAST_LEARNERS = 20;

  /** What a fit may find: from here to 1 − here, guess and slip to {@link #MOST_LUCK}. */
  private static final double LEAST = 0.01;

  private static final double MOST_LUCK = 0.49;

  /** Of a course: at a doubt of 0, which rounding makes of a small one, no failure would tell. */
  private static final double LEAST_DOUBT = 1e-12;

  private static final int MOST_ROUNDS = 2_000;

  /** A round that gains less than this for each attempt is the last one. */
  private static final double LEAST_GAIN = 1e-10;

  /** Where the search begins; it ends in the best of the places that it comes to. */
  private static final List<KnowledgeTracing> STARTS =
      List.of(
          USUAL,
          new KnowledgeTracing(0.1, 0.05, 0.1, 0.3),
          new KnowledgeTracing(0.6, 0.3, 0.4, 0.05));

  public KnowledgeTracing {
    isProbability("known", known, 1);
    isProbability("learn", learn, 1);
    isProbability("guess", guess, 0.5);
    isProbability("slip", slip, 0.5);
  }

  private static void isProbability(String name, double value, double below) {
    if (!(value > 0 && value < below)) {
      throw new IllegalArgumentException(
          "%s is %s; expected more than 0 and less than %s".formatted(name, value, below));
    }
  }

  /** The probability that it is known, after each of these attempts in their order. */
  public double[] course(boolean[] successes) {
    var course = new double[successes.length];
    var not = 1 - known;
    for (int i = 0; i < successes.length; i++) {
      var ifKnown = (1 - not) * whenKnown(successes[i]);
      var ifNot = not * whenNot(successes[i]);
      not = Math.max(LEAST_DOUBT, ifNot / (ifKnown + ifNot) * (1 - learn));
      course[i] = 1 - not;
    }
    return course;
  }

  /** How likely an attempt is to end so, if it is known. */
  private double whenKnown(boolean success) {
    return success ? 1 - slip : slip;
  }

  private double whenNot(boolean success) {
    return success ? guess : 1 - guess;
  }

  /** Logarithm of how likely it is that these learners do what they did. */
  public double logLikelihood(List<boolean[]> learners) {
    return learners.stream().mapToDouble(this::logLikelihood).sum();
  }

  private double logLikelihood(boolean[] successes) {
    var sum = 0.0;
    var now = known;
    for (var success : successes) {
      var ifKnown = now * whenKnown(success);
      var ifNot = (1 - now) * whenNot(success);
      sum += Math.log(ifKnown + ifNot);
      var told = ifKnown / (ifKnown + ifNot);
      now = told + (1 - told) * learn;
    }
    return sum;
  }

  /**
   * The parameters with which these learners are most likely to do what they did, by expectation
   * maximisation (Baum and Welch). The same for the same learners in the same order.
   *
   * @param learners their attempts in order, at least one each
   * @throws IllegalArgumentException for fewer than {@link #LEAST_LEARNERS}
   */
  public static KnowledgeTracing fit(List<boolean[]> learners) {
    if (learners.size() < LEAST_LEARNERS) {
      throw new IllegalArgumentException(
          "%d learners; expected at least %d".formatted(learners.size(), LEAST_LEARNERS));
    }
    var best = USUAL;
    var likeliest = Double.NEGATIVE_INFINITY;
    for (var start : STARTS) {
      var found = start.climb(learners);
      var likelihood = found.logLikelihood(learners);
      if (likelihood > likeliest) {
        best = found;
        likeliest = likelihood;
      }
    }
    return best;
  }

  private KnowledgeTracing climb(List<boolean[]> learners) {
    var least = LEAST_GAIN * learners.stream().mapToInt(one -> one.length).sum();
    var now = this;
    var before = Double.NEGATIVE_INFINITY;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      var expected = new Expected(now);
      learners.forEach(expected::add);
      if (expected.logLikelihood - before < least) {
        return now;
      }
      before = expected.logLikelihood;
      now = expected.likeliest(learners.size());
    }
    return now;
  }

  /** To two decimal places. */
  public KnowledgeTracing rounded() {
    return new KnowledgeTracing(
        hundredths(known), hundredths(learn), hundredths(guess), hundredths(slip));
  }

  private static double hundredths(double value) {
    return Math.rint(value * 100) / 100;
  }

  /** How often each thing is to be expected to have happened, if the parameters are these. */
  private static final class Expected {
    private final KnowledgeTracing given;
    private double logLikelihood;
    private double knownFirst;
    private double unknownBeforeAnother;
    private double learned;
    private double unknown;
    private double guesses;
    private double knowing;
    private double slips;

    Expected(KnowledgeTracing given) {
      this.given = given;
    }

    void add(boolean[] successes) {
      var n = successes.length;
      // Of what is known at each attempt: from what came before it, and from itself too.
      var before = new double[n];
      var filtered = new double[n];
      var now = given.known;
      for (int i = 0; i < n; i++) {
        before[i] = now;
        var ifKnown = now * given.whenKnown(successes[i]);
        var all = ifKnown + (1 - now) * given.whenNot(successes[i]);
        logLikelihood += Math.log(all);
        filtered[i] = ifKnown / all;
        now = filtered[i] + (1 - filtered[i]) * given.learn;
      }
      // And from all that came after.
      var smoothed = filtered[n - 1];
      count(successes[n - 1], smoothed);
      for (int i = n - 2; i >= 0; i--) {
        var next = smoothed;
        var knownStays = filtered[i] / before[i + 1] * next;
        var learnedNow = (1 - filtered[i]) * given.learn / before[i + 1] * next;
        smoothed = knownStays;
        learned += learnedNow;
        unknownBeforeAnother += 1 - smoothed;
        count(successes[i], smoothed);
      }
      knownFirst += smoothed;
    }

    private void count(boolean success, double probablyKnown) {
      knowing += probablyKnown;
      unknown += 1 - probablyKnown;
      if (success) {
        guesses += 1 - probablyKnown;
      } else {
        slips += probablyKnown;
      }
    }

    /** Of those within the bounds: what each of them is part of has one peak. */
    KnowledgeTracing likeliest(int learners) {
      return new KnowledgeTracing(
          within(knownFirst, learners, 1 - LEAST),
          unknownBeforeAnother > 0 ? within(learned, unknownBeforeAnother, 1 - LEAST) : given.learn,
          within(guesses, unknown, MOST_LUCK),
          within(slips, knowing, MOST_LUCK));
    }

    private static double within(double part, double of, double most) {
      return Math.clamp(part / of, LEAST, most);
    }
  }
}
