package org.smileadventure.batch.range;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.core.simple.JdbcClient;

@RealServers
class DirtyRangesTest {
  private final DataSource dataSource = MigratedDatabase.newDataSource();
  private final JdbcClient jdbc = JdbcClient.create(dataSource);
  private final long parent = new People(jdbc).parent("parent@example.org");
  private final DirtyRanges ranges = new DirtyRanges(jdbc, DirtyRanges.Work.MONTHS);

  @Test
  void nothingDirtyIsNoRange() {
    assertThat(cut(4)).isEmpty();
  }

  @Test
  void oneChildWithManyMonthsIsOneRange() {
    dirty(7, 50);
    assertThat(cut(4)).containsExactly(new ChildRange(7, 7));
  }

  @Test
  void rangesHoldAboutEquallyManyMonthsAndShareNoChild() {
    dirty(1, 10);
    dirty(2, 10);
    dirty(500, 10);
    dirty(9_000, 10);
    assertThat(cut(2)).containsExactly(new ChildRange(1, 499), new ChildRange(500, 9_000));
  }

  @Test
  void aChildThatFillsSeveralSharesIsInOneRangeOnly() {
    dirty(1, 1);
    dirty(2, 97);
    dirty(3, 2);
    var cut = cut(4);
    assertThat(cut.getFirst().first()).isEqualTo(1);
    assertThat(cut.getLast().last()).isEqualTo(3);
    for (int i = 1; i < cut.size(); i++) {
      assertThat(cut.get(i).first()).isEqualTo(cut.get(i - 1).last() + 1);
    }
  }

  /** Ranges that share a block would wait for each other. */
  @Test
  void noBlockIsInTwoRangesWhereThereAreEnoughOfThem() {
    MigratedDatabase.inOneTransaction(
        dataSource,
        () -> {
          for (int child = 1; child <= 300; child++) {
            dirty(child, 1);
          }
        });
    assertThat(cut(3))
        .containsExactly(
            new ChildRange(1, 127), new ChildRange(128, 255), new ChildRange(256, 300));
  }

  private void dirty(long child, int months) {
    jdbc.sql(
            """
            INSERT INTO children (id, name, age, parent_id, play_consent) VALUES (:child, 'Sam', 7, :parent, true)
            """)
        .param("child", child)
        .param("parent", parent)
        .update();
    jdbc.sql(
            "INSERT INTO dirty_child_months (child_id, month) SELECT :child, date '2006-01-01' + n * interval '1 month' FROM generate_series(1, :months) n")
        .param("child", child)
        .param("months", months)
        .update();
  }

  private List<ChildRange> cut(int parts) {
    return ranges.partition(parts).values().stream().map(ChildRange::in).toList();
  }
}
