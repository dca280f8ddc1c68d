package org.smileadventure.batch.population;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smileadventure.batch.population.Platform.Summary;
import org.smileadventure.localstack.RealServers;

/** What is published of the activities of daily life, of the window from January to March. */
@RealServers
class ActivityTest {
  private static final Platform PLATFORM = new Platform();

  private final List<Long> children = new ArrayList<>();

  @BeforeEach
  void forget() {
    PLATFORM.forgetEverything();
  }

  @Test
  void cellAddsUpTheWindowsActivitiesOfThoseWhoHaveSome() {
    come(1, 12, 4);
    come(1, 5, 0);
    PLATFORM.activities(children.getFirst(), 6, 2);
    night();
    assertThat(cells())
        .containsExactly(
            Map.of(
                "leaves", "7-12/1/recording",
                "children", 12L,
                "activities", 50L,
                "verified", 13L,
                "emotional_n", 25L,
                "improvements", 25L,
                "deteriorations", 0L));
  }

  @Test
  void childrenWhoAreNoLongerActiveAreNotCounted() {
    come(1, 12, 2);
    PLATFORM.setActive(children.getFirst(), false);
    night();
    assertThat(PLATFORM.count("SELECT children FROM v_population_activity")).isEqualTo(11);
  }

  @Test
  void ofFewerThanTenNothingIsTold() {
    come(1, 9, 3);
    night();
    assertThat(cells()).isEmpty();
  }

  @Test
  void thinLeavesAreToldOfTogether() {
    come(1, 6, 2);
    come(2, 6, 2);
    come(3, 15, 2);
    night();
    assertThat(cells())
        .extracting(cell -> cell.get("children"))
        .containsExactlyInAnyOrder(12L, 15L);
  }

  @Test
  void cellStaysUntilTenOfItsChildrenHaveDoneMore() {
    come(1, 20, 1);
    night();
    children.subList(0, 9).forEach(child -> PLATFORM.activities(child, 5, 1));
    night();
    assertThat(PLATFORM.count("SELECT activities FROM v_population_activity")).isEqualTo(20);
    PLATFORM.activities(children.get(9), 5, 1);
    night();
    assertThat(PLATFORM.count("SELECT activities FROM v_population_activity")).isEqualTo(60);
  }

  @Test
  void platformTellsOfWhatIsPublished() {
    come(1, 12, 4);
    night();
    assertThat(PLATFORM.count("SELECT activities FROM v_platform_play")).isEqualTo(48);
    assertThat(PLATFORM.count("SELECT verification_rate FROM v_platform_play")).isEqualTo(25);
  }

  private static void night() {
    PLATFORM.publishAll(10);
  }

  /** One of the activities of each child is verified, if there is one. */
  private void come(int level, int many, int activities) {
    for (int i = 0; i < many; i++) {
      var child = PLATFORM.child(7, level);
      PLATFORM.summary(child, "90d", Summary.of(5, i));
      if (activities > 0) {
        PLATFORM.activities(child, activities, 1);
      }
      children.add(child);
    }
  }

  private static List<Map<String, @Nullable Object>> cells() {
    return PLATFORM
        .jdbc()
        .sql(
            """
            SELECT array_to_string(leaves, ' ') AS leaves, children, activities, verified, emotional_n,
                   improvements, deteriorations
            FROM v_population_activity
            """)
        .query()
        .listOfRows();
  }
}
