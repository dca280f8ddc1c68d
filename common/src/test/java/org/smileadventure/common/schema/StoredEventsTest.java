package org.smileadventure.common.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The chunks of session_events, seen as one row an event. */
@RealServers
class StoredEventsTest {
  private static final String SESSION = "019ca8e0-7b00-7abc-8def-0123456789ab";

  private final String url = MigratedDatabase.newUrl();
  private final JdbcClient jdbc = JdbcClient.create(MigratedDatabase.dataSource(url));
  private ChildId child = new ChildId(1);
  private long parent;

  @BeforeEach
  void aChildWithASessionInTwoChunks() {
    var people = new People(jdbc);
    parent = people.parent("parent@example.org");
    child = people.child(parent, "UTC");
    store(
        1,
        2,
        """
        [[1,"session.started",1772359200000001,{"scenarioName":"Zähne"}],[2,"help.requested",946684800000000,{}]]\
        """);
    store(4, 4, "[[4,\"session.ended\",4102444799999999,{\"status\":\"completed\"}]]");
  }

  @Test
  void eachEventIsARowAndItsTimeIsExact() {
    assertThat(events(jdbc))
        .containsExactly(
            "1 session.started 2026-03-01 10:00:00.000001 {\"scenarioName\": \"Zähne\"}",
            "2 help.requested 2000-01-01 00:00:00 {}",
            "4 session.ended 2099-12-31 23:59:59.999999 {\"status\": \"completed\"}");
  }

  @Test
  void eventsOfAChildThatIsNotOpenedAreNotSeen() {
    var login = MigratedDatabase.dataSource(LocalStack.loginAs("smile_query", url));
    var service = JdbcClient.create(login);
    assertThat(events(service)).isEmpty();
    new TransactionTemplate(new DataSourceTransactionManager(login))
        .executeWithoutResult(
            _ -> {
              service
                  .sql("SELECT open_children(?, ?, false, 'GET /')")
                  .params(parent, child.value())
                  .query(_ -> {});
              assertThat(events(service)).hasSize(3);
            });
    assertThat(events(service)).isEmpty();
  }

  @Test
  void childThatTheServiceOpensByItselfIsNotSeen() {
    var login = MigratedDatabase.dataSource(LocalStack.loginAs("smile_query", url));
    var service = JdbcClient.create(login);
    new TransactionTemplate(new DataSourceTransactionManager(login))
        .executeWithoutResult(
            _ -> {
              service
                  .sql("SELECT open_children(?, NULL, false, 'GET /')")
                  .param(parent + 1)
                  .query(_ -> {});
              service
                  .sql("SELECT set_config('smile.children', ?, true)")
                  .param(child.toString())
                  .query(_ -> {});
              assertThat(events(service)).isEmpty();
            });
  }

  private void store(int first, int last, String events) {
    jdbc.sql(
            """
            INSERT INTO session_events (session_id, child_id, first_seq, last_seq, events)
            VALUES (:session::uuid, :child, :first, :last, convert_to(:events, 'UTF8'))
            """)
        .param("session", SESSION)
        .param("child", child.value())
        .param("first", first)
        .param("last", last)
        .param("events", events)
        .update();
  }

  private static List<@Nullable String> events(JdbcClient jdbc) {
    return jdbc.sql(
            """
            SELECT concat_ws(' ', seq, type, occurred_at AT TIME ZONE 'UTC', payload)
            FROM v_session_event WHERE session_id = ?::uuid ORDER BY seq
            """)
        .param(SESSION)
        .query(String.class)
        .list();
  }
}
