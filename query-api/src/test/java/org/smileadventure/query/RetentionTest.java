package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.ServiceUnderTest;

@RealServers
class RetentionTest {
  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.startAlone();

  @Test
  void everybodyIsToldHowLongWhatIsKept() {
    SERVICE.db().sql("UPDATE retention_policy SET period = '1 day' WHERE class = 'mail'").update();
    var periods = new TreeMap<String, String>();
    SERVICE
        .get("/api/v1/privacy/retention", null)
        .ok()
        .path("kept")
        .forEach(
            kept -> {
              assertThat(kept.path("what").asString()).isNotBlank();
              assertThat(kept.path("action").asString()).isIn("delete", "anonymise");
              periods.put(
                  kept.path("name").asString(),
                  kept.path("period").isNull() ? "null" : kept.path("period").asString());
            });
    assertThat(periods)
        .containsEntry("events", "P1Y1M")
        .containsEntry("play", "P2Y")
        .containsEntry("mail", "P1D")
        .containsEntry("revocations", "P0D")
        .containsEntry("topic_events", "P3DT14H")
        .containsEntry("child", "null");
  }
}
