package org.smileadventure.common.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.smileadventure.common.statistic.Golden.assertClose;
import static org.smileadventure.common.statistic.Golden.numbers;

import org.junit.jupiter.api.Test;

/** Each against R: p.adjust, qbeta, metafor. */
class SharesAndPoolsTest {
  @Test
  void falseDiscoveryRatesAreThoseOfR() {
    Golden.cases("false-discovery.json")
        .forEach(
            looked -> {
              var actual = FalseDiscovery.adjusted(numbers(looked.get("p")));
              assertThat(actual).hasSameSizeAs(numbers(looked.get("expected")));
              for (var i = 0; i < actual.length; i++) {
                assertClose(actual[i], looked.get("expected").get(i));
              }
            });
    assertThat(FalseDiscovery.adjusted(new double[0])).isEmpty();
  }

  @Test
  void shrunkSharesAreThoseOfR() {
    Golden.cases("shares.json")
        .forEach(
            c -> {
              var share =
                  ShrunkShare.of(
                      c.get("successes").asLong(),
                      c.get("n").asLong(),
                      c.get("base_successes").asLong(),
                      c.get("base_n").asLong());
              assertClose(share.share(), c.get("expected").get("share"));
              assertClose(share.low(), c.get("expected").get("low"));
              assertClose(share.high(), c.get("expected").get("high"));
            });
  }

  @Test
  void threeOfThreeAreNotAll() {
    var share = ShrunkShare.of(3, 3, 10, 100);
    assertThat(share.share()).isBetween(0.4, 0.5);
    assertThat(ShrunkShare.of(0, 0, 0, 0).share()).isEqualTo(0.5);
    assertThatIllegalArgumentException().isThrownBy(() -> ShrunkShare.of(4, 3, 10, 100));
  }

  @Test
  void poolsAreThoseOfMetafor() {
    Golden.cases("random-effects.json")
        .forEach(
            c -> {
              var pool = RandomEffects.of(numbers(c.get("effects")), numbers(c.get("variances")));
              var expected = c.get("expected");
              assertClose(pool.mean(), expected.get("mean"));
              assertClose(pool.standardError(), expected.get("error"));
              assertClose(pool.low(), expected.get("low"));
              assertClose(pool.high(), expected.get("high"));
              assertClose(pool.predictionLow(), expected.get("prediction_low"));
              assertClose(pool.predictionHigh(), expected.get("prediction_high"));
              assertClose(pool.tau2(), expected.get("tau2"));
              assertClose(pool.i2(), expected.get("i2"));
            });
  }

  @Test
  void oneChildIsNoPoolAndSameEffectsAreNoDoubt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RandomEffects.of(new double[] {1}, new double[] {1}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RandomEffects.of(new double[2], new double[2]));
    var same = RandomEffects.of(new double[] {0.5, 0.5, 0.5}, new double[] {1, 2, 3});
    assertThat(same.low()).isCloseTo(0.5, within(1e-7));
    assertThat(same.i2()).isZero();
  }
}
