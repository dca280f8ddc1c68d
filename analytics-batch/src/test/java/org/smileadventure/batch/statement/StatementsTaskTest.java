package org.smileadventure.batch.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.smileadventure.batch.ServiceUnderTest;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.localstack.RealServers;
import org.springframework.batch.core.BatchStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Nobody starts the job here but the service itself. */
@RealServers
class StatementsTaskTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @AutoClose private static RecordStoreServer store;

  private final String url = MigratedDatabase.newUrl();
  private final JdbcClient jdbc = JdbcClient.create(MigratedDatabase.dataSource(url));
  private final PlayingChildren children = new PlayingChildren(jdbc);
  private RecordStoreProxy proxy;

  @BeforeAll
  static void startStore() {
    store = RecordStoreServer.start();
  }

  @BeforeEach
  void start() {
    proxy = new RecordStoreProxy(store.url());
  }

  @AfterEach
  void stop() {
    proxy.close();
  }

  @Test
  void whatIsDueIsSentByOneInstanceOfTwo() {
    var sam = children.childToSend();
    var events = children.plays(sam);
    try (var instance = instance();
        var _ = instance()) {
      fold(instance);
      await().atMost(PATIENCE).until(() -> proxy.sent(sam).size() >= events.size());
      await().atMost(PATIENCE).until(() -> runs().equals(List.of("COMPLETED")));

      var sent = proxy.sent(sam);
      var since = lastLook();
      await().atMost(PATIENCE).until(() -> lastLook() > since + 2);
      assertThat(runs()).as("while nothing is due").containsExactly("COMPLETED");
      assertThat(proxy.sent(sam))
          .isEqualTo(sent)
          .containsExactlyInAnyOrderElementsOf(PlayingChildren.ids(events));
    }
  }

  @Test
  @Tag("slow")
  void runThatFailsGoesOnByItself() {
    var sam = children.childToSend();
    var events = children.plays(sam);
    proxy.leave();
    try (var instance = instance()) {
      fold(instance);
      await().atMost(PATIENCE).until(() -> runs().contains("FAILED"));
      proxy.comeBack();
      await().atMost(PATIENCE).until(() -> runs().getLast().equals("COMPLETED"));
    }
    assertThat(proxy.sent(sam)).containsExactlyInAnyOrderElementsOf(PlayingChildren.ids(events));
    assertThat(
            jdbc.sql("SELECT count(*) FROM batch_job_instance WHERE job_name = 'statements'")
                .query(Long.class)
                .single())
        .isOne();
  }

  private ServiceUnderTest instance() {
    return new ServiceUnderTest(
        url,
        "smile.record-store.url=" + proxy.url(),
        "smile.record-store.retry-after=50ms",
        "smile.record-store.send-every=1s",
        "smile.statements.home-page=" + PlayingChildren.HOME_PAGE,
        "smile.batch.schedule.poll-every=50ms",
        "smile.batch.schedule.heartbeat-every=1s");
  }

  private static void fold(ServiceUnderTest instance) {
    assertThat(instance.run("nightly", Map.of()).getStatus()).isEqualTo(BatchStatus.COMPLETED);
  }

  /** How each run of the job has ended, or that it goes on. */
  private List<String> runs() {
    return jdbc.sql(
            """
            SELECT e.status
            FROM batch_job_execution e JOIN batch_job_instance i USING (job_instance_id)
            WHERE i.job_name = 'statements'
            ORDER BY e.job_execution_id
            """)
        .query((row, _) -> row.getString(1))
        .list();
  }

  /** When somebody has last looked for something to send, in seconds. */
  private double lastLook() {
    return jdbc.sql(
            """
            SELECT coalesce(max(extract(epoch FROM last_success)), 0)
            FROM scheduled_tasks WHERE task_name = 'send-statements'
            """)
        .query(Double.class)
        .single();
  }
}
