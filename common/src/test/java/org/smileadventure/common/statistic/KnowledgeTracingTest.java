package org.smileadventure.common.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.common.fixture.SimulatedLearner;

class KnowledgeTracingTest {

  /** 0.2 × 0.9 ÷ (0.2 × 0.9 + 0.8 × 0.2) = 9/17, and 15 % of the rest; and so on. */
  @Test
  void probabilityAfterEachAttemptIsThatByHand() {
    var parameters = new KnowledgeTracing(0.2, 0.15, 0.2, 0.1);
    assertThat(parameters.course(new boolean[] {true})[0]).isCloseTo(0.6, within(1e-12));
    assertThat(parameters.course(new boolean[] {false})[0])
        .isCloseTo(0.175757575757576, within(1e-12));
    // 0.6 × 0.1 ÷ (0.06 + 0.4 × 0.8) = 3/19, and 15 % of 16/19.
    assertThat(parameters.course(new boolean[] {true, false})[1])
        .isCloseTo(3 / 19.0 + 0.15 * 16 / 19, within(1e-12));
    assertThat(parameters.course(new boolean[0])).isEmpty();
  }

  @Test
  void whatWasKnownForLongIsDoubtedWhenItFails() {
    var attempts = new boolean[80];
    Arrays.fill(attempts, 0, 40, true);
    var course = KnowledgeTracing.USUAL.course(attempts);
    assertThat(course[39]).isGreaterThan(0.999).isLessThan(1);
    assertThat(course[79]).isLessThan(0.3);
  }

  @Test
  void courseIsThatOfAMarkovModelInR() {
    var learners = learners();
    var expected = new TreeMap<Integer, List<Double>>();
    for (var row : golden("knowledge-tracing-course.csv")) {
      expected
          .computeIfAbsent(Integer.valueOf(row[0].strip()), _ -> new ArrayList<>())
          .add(Double.valueOf(row[2].strip()));
    }
    assertThat(expected).hasSize(5);
    expected.forEach(
        (learner, course) ->
            assertThat(KnowledgeTracing.USUAL.course(learners.get(learner - 1)))
                .containsExactly(
                    course.stream().mapToDouble(Double::doubleValue).toArray(), within(1e-12)));
  }

  /** Another search, of the likelihood written in another way, comes to the same place. */
  @Test
  void fitIsThatOfASearchInR() {
    var expected =
        golden("knowledge-tracing-fit.csv").stream()
            .collect(Collectors.toMap(row -> row[0], row -> Double.valueOf(row[1])));
    var fit = KnowledgeTracing.fit(learners());
    assertThat(KnowledgeTracing.USUAL.logLikelihood(learners()))
        .isCloseTo(value(expected, "usual_log_likelihood"), within(1e-8));
    assertThat(fit.logLikelihood(learners()))
        .isCloseTo(value(expected, "log_likelihood"), within(1e-5));
    assertThat(fit.known()).isCloseTo(value(expected, "known"), within(1e-3));
    assertThat(fit.learn()).isCloseTo(value(expected, "learn"), within(1e-3));
    assertThat(fit.guess()).isCloseTo(value(expected, "guess"), within(1e-3));
    assertThat(fit.slip()).isCloseTo(value(expected, "slip"), within(1e-3));
  }

  private static double value(Map<String, Double> values, String name) {
    return Objects.requireNonNull(values.get(name));
  }

  static Stream<KnowledgeTracing> truths() {
    return Stream.of(
        new KnowledgeTracing(0.2, 0.15, 0.2, 0.1),
        new KnowledgeTracing(0.5, 0.05, 0.3, 0.2),
        new KnowledgeTracing(0.05, 0.4, 0.1, 0.05));
  }

  @ParameterizedTest
  @MethodSource("truths")
  void fitFindsWhatChildrenWereSimulatedWith(KnowledgeTracing truth) {
    var fit = KnowledgeTracing.fit(simulated(truth, 500, 20, new Random(7)));
    assertThat(fit.known()).isCloseTo(truth.known(), within(0.06));
    assertThat(fit.learn()).isCloseTo(truth.learn(), within(0.04));
    assertThat(fit.guess()).isCloseTo(truth.guess(), within(0.05));
    assertThat(fit.slip()).isCloseTo(truth.slip(), within(0.03));
  }

  /** The probability is one: of those at about 0.8, about 80 in 100 know it. */
  @Test
  void probabilityIsHowManyKnowIt() {
    var truth = new KnowledgeTracing(0.2, 0.15, 0.2, 0.1);
    var random = new Random(11);
    var know = new int[10];
    var all = new int[10];
    for (int learner = 0; learner < 5_000; learner++) {
      var simulated = new SimulatedLearner(truth, 8, random);
      var course = truth.course(simulated.successes());
      var knows = simulated.knows();
      for (int i = 0; i < course.length; i++) {
        var tenth = (int) (course[i] * 10);
        all[tenth]++;
        know[tenth] += knows[i] ? 1 : 0;
      }
    }
    var judged = IntStream.range(0, 10).filter(tenth -> all[tenth] >= 500).toArray();
    assertThat(judged).hasSizeGreaterThanOrEqualTo(4);
    for (var tenth : judged) {
      assertThat((double) know[tenth] / all[tenth])
          .as("of %d", all[tenth])
          .isBetween(tenth / 10.0 - 0.03, (tenth + 1) / 10.0 + 0.03);
    }
  }

  @Test
  void successRaisesItAndMoreSuccessesMore() {
    var random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      var parameters = any(random);
      var successes = new SimulatedLearner(parameters, 1 + random.nextInt(40), random).successes();
      var course = parameters.course(successes);
      var before = parameters.known();
      for (int at = 0; at < course.length; at++) {
        assertThat(course[at]).isBetween(0.0, 1.0);
        if (successes[at]) {
          assertThat(course[at]).isGreaterThanOrEqualTo(before);
        }
        before = course[at];
      }
      var better = successes.clone();
      better[random.nextInt(better.length)] = true;
      assertThat(parameters.course(better)[course.length - 1])
          .isGreaterThanOrEqualTo(course[course.length - 1] - 1e-15);
    }
  }

  @Test
  void fitIsAtLeastAsLikelyAsTheTruthAndWhatIsUsual() {
    var random = new Random(5);
    for (int i = 0; i < 20; i++) {
      var truth = any(random);
      var learners = simulated(truth, 20 + random.nextInt(20), 3 + random.nextInt(10), random);
      var fit = KnowledgeTracing.fit(learners);
      assertThat(fit.logLikelihood(learners))
          .isGreaterThanOrEqualTo(KnowledgeTracing.USUAL.logLikelihood(learners) - 1e-6)
          .isGreaterThanOrEqualTo(truth.logLikelihood(learners) - 0.5);
    }
  }

  @Test
  void orderOfTheLearnersDoesNotMatter() {
    var learners = new ArrayList<>(learners());
    var fit = KnowledgeTracing.fit(learners).rounded();
    Collections.shuffle(learners, new Random(1));
    assertThat(KnowledgeTracing.fit(learners).rounded()).isEqualTo(fit);
  }

  /** Where everybody does the same, nothing can be told apart; the bounds hold all the same. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void fitOfEqualAttemptsStaysWithinItsBounds(boolean success) {
    var learners =
        IntStream.range(0, 20)
            .mapToObj(
                _ -> {
                  var attempts = new boolean[5];
                  Arrays.fill(attempts, success);
                  return attempts;
                })
            .toList();
    var fit = KnowledgeTracing.fit(learners);
    assertThat(Stream.of(fit.known(), fit.learn(), fit.guess(), fit.slip()))
        .allMatch(value -> value >= 0.01 && value <= 0.99);
    assertThat(fit.guess()).isLessThan(0.5);
    assertThat(fit.slip()).isLessThan(0.5);
    assertThat(Arrays.stream(fit.course(learners.getFirst())).boxed())
        .allMatch(known -> success ? known > 0.5 : known < 0.5);
  }

  @Test
  void wrongParametersAndTooFewLearnersAreRefused() {
    for (var luck : new double[] {0, 0.5, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new KnowledgeTracing(0.2, 0.2, luck, 0.1))
          .withMessageContaining("guess");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new KnowledgeTracing(0.2, 0.2, 0.1, luck))
          .withMessageContaining("slip");
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new KnowledgeTracing(1, 0.2, 0.1, 0.1));
    assertThatIllegalArgumentException().isThrownBy(() -> new KnowledgeTracing(0.2, 0, 0.1, 0.1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KnowledgeTracing.fit(learners().subList(0, 19)));
  }

  private static KnowledgeTracing any(Random random) {
    return new KnowledgeTracing(
        0.05 + 0.9 * random.nextDouble(),
        0.05 + 0.9 * random.nextDouble(),
        0.02 + 0.45 * random.nextDouble(),
        0.02 + 0.45 * random.nextDouble());
  }

  private static List<boolean[]> simulated(
      KnowledgeTracing truth, int learners, int attempts, Random random) {
    return Stream.generate(() -> new SimulatedLearner(truth, attempts, random).successes())
        .limit(learners)
        .toList();
  }

  private static List<boolean[]> learners() {
    var learners = new TreeMap<Integer, List<String>>();
    for (var row : golden("knowledge-tracing.csv")) {
      learners.computeIfAbsent(Integer.valueOf(row[0]), _ -> new ArrayList<>()).add(row[2]);
    }
    return learners.values().stream()
        .map(
            attempts -> {
              var successes = new boolean[attempts.size()];
              for (int i = 0; i < successes.length; i++) {
                successes[i] = attempts.get(i).equals("1");
              }
              return successes;
            })
        .toList();
  }

  /** What src/test/r/knowledge-tracing.R has left, without its head. */
  private static List<String[]> golden(String file) {
    try (var reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    KnowledgeTracingTest.class.getResourceAsStream("/golden/" + file)),
                StandardCharsets.UTF_8))) {
      return reader.lines().skip(1).map(line -> line.split(",", -1)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
