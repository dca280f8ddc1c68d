package org.smileadventure.batch.range;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.core.simple.JdbcClient;

@RealServers
class ChildRangeTest {
  private final DataSource dataSource = MigratedDatabase.newDataSource();
  private final JdbcClient jdbc = JdbcClient.create(dataSource);

  @Test
  void aRangeIsFoundAgainInItsContext() {
    assertThat(ChildRange.in(new ChildRange(3, 9).context(5))).isEqualTo(new ChildRange(3, 9));
  }

  @Test
  void allChildrenAreInOneRangeEachHoweverManyThereAre() {
    assertThat(new AllChildren(jdbc).partition(4)).isEmpty();
    var people = new People(jdbc);
    var parent = people.parent("parent@example.org");
    for (int children = 1; children <= 10; children++) {
      people.child(parent, "UTC");
      var ranges =
          new AllChildren(jdbc).partition(4).values().stream().map(ChildRange::in).toList();
      assertThat(ranges).hasSizeLessThanOrEqualTo(4);
      assertThat(
              ranges.stream()
                  .flatMapToLong(range -> LongStream.rangeClosed(range.first(), range.last()))
                  .toArray())
          .containsExactly(LongStream.rangeClosed(1, children).toArray());
    }
  }

  @Test
  void noBlockIsInTwoRangesWhereThereAreEnoughOfThem() {
    var people = new People(jdbc);
    var parent = people.parent("parent@example.org");
    MigratedDatabase.inOneTransaction(
        dataSource,
        () -> {
          for (int children = 1; children <= 300; children++) {
            people.child(parent, "UTC");
          }
        });
    assertThat(new AllChildren(jdbc).partition(3).values().stream().map(ChildRange::in))
        .containsExactly(
            new ChildRange(1, 127), new ChildRange(128, 255), new ChildRange(256, 300));
  }
}
