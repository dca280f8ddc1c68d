package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalTime;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.common.fixture.JsonLeaves;
import org.smileadventure.common.fixture.RandomHistory;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.common.fixture.Window;
import org.smileadventure.common.fixture.WindowOracle;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.ServiceUnderTest;

/** The whole answer, as it is served, against the oracle, which works from the events alone. */
@RealServers
class ServedFiguresTest {
  /** What the oracle does not tell: where the figures came from, and what those of others are. */
  private static final Pattern BEYOND_THE_ORACLE =
      Pattern.compile("computed_at|days\\..*|cohort\\..*");

  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

  @ParameterizedTest
  @ValueSource(longs = {3, 5, 8, 13, 21, 34, 55, 89})
  void everyFigureOfEveryWindowIsThatOfTheOracle(long seed) {
    var random = new Random(seed);
    var zone = RandomHistory.anyZone(random);
    var family = SERVICE.family(zone.getId());
    var history = RandomHistory.of(family.child(), zone, random);
    StoredHistory.store(SERVICE.db(), history.events());
    SERVICE.clock().set(history.today().atTime(LocalTime.NOON).atZone(zone).toInstant());

    for (var name : List.of("7d", "30d", "90d", "365d", "all")) {
      var served = JsonLeaves.of(SERVICE.get(family.analytics(name), family.token()).ok());
      served.keySet().removeIf(path -> BEYOND_THE_ORACLE.matcher(path).matches());
      var expected =
          WindowOracle.figures(
              family.child(), zone, Window.ending(history.today(), name), history.events());
      assertThat(served.keySet()).as(name).isEqualTo(expected.keySet());
      expected.forEach(
          (path, value) -> {
            if (value instanceof Double number) {
              assertThat((Double) served.get(path))
                  .as("%s of %s", path, name)
                  .isCloseTo(number, within(1e-9 * Math.max(Math.abs(number), 1e-3)));
            } else {
              assertThat(served.get(path)).as("%s of %s", path, name).isEqualTo(value);
            }
          });
    }
  }
}
