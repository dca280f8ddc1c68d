package org.smileadventure.query.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.query.answer.Viewer;

class ExportSlotsTest {
  private final ExportSlots slots = new ExportSlots();

  @Test
  void oneAccountHasTwoAtOnce() {
    var one = new Viewer(1, "parent");
    slots.take(one);
    var second = slots.take(one);
    assertThatThrownBy(() -> slots.take(one))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.getStatusCode().value()).isEqualTo(429);
              assertThat(problem.getHeaders().getFirst("Retry-After")).isEqualTo("30");
            });
    slots.take(new Viewer(2, "parent"));

    second.close();

    slots.take(one);
  }

  @Test
  void allTogetherHaveTwenty() {
    var taken = new ArrayList<ExportSlots.Slot>();
    for (int i = 0; i < ExportSlots.MOST; i++) {
      taken.add(slots.take(new Viewer(i, "parent")));
    }
    assertThatThrownBy(() -> slots.take(new Viewer(99, "parent")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.getStatusCode().value()).isEqualTo(503));

    taken.getFirst().close();

    slots.take(new Viewer(99, "parent"));
  }
}
