package org.smileadventure.query;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Payload.Outcome;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.Tokens;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * How many statements an answer takes does not depend on how many children or sessions there are.
 */
@RealServers
class StatementCountTest {
  private static final List<String> STATEMENTS = new CopyOnWriteArrayList<>();

  @AutoClose
  private static final ServiceUnderTest SERVICE =
      ServiceUnderTest.start(
          context ->
              context.registerBean("statementCounter", BeanPostProcessor.class, Counter::new));

  private static final class Counter implements BeanPostProcessor, QueryExecutionListener {
    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
      return bean instanceof DataSource dataSource
          ? ProxyDataSourceBuilder.create(dataSource).listener(this).build()
          : bean;
    }

    @Override
    public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {}

    @Override
    public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
      // What the service does by itself, every few seconds.
      queries.stream()
          .map(QueryInfo::getQuery)
          .filter(query -> !query.contains("pending_invalidation"))
          .filter(query -> !query.contains("revocations"))
          .filter(query -> !query.contains("outgoing_mail"))
          .filter(query -> !query.contains("service_instances"))
          .forEach(STATEMENTS::add);
    }
  }

  /** With the one that opens children to the transaction. */
  private static final Map<String, Integer> EXPECTED =
      Map.ofEntries(
          // Eight of them in a second transaction, which begins when it is known what is missing.
          entry("GET /api/v1/dashboard", 10),
          entry("GET /api/v1/children", 2),
          entry("GET /api/v1/children/{id}", 3),
          entry("GET /api/v1/children/{id}/analytics", 6),
          entry("GET /api/v1/children/{id}/trends", 6),
          entry("GET /api/v1/children/{id}/emotions", 6),
          entry("GET /api/v1/children/{id}/triggers", 6),
          entry("GET /api/v1/children/{id}/strategies", 6),
          entry("GET /api/v1/children/{id}/scenarios", 6),
          entry("GET /api/v1/children/{id}/activities", 3),
          entry("GET /api/v1/children/{id}/sessions", 3),
          entry("GET /api/v1/children/{id}/statements", 3),
          entry("GET /api/v1/children/{id}/data-quality", 3),
          entry("GET /api/v1/children/{id}/report", 10),
          entry("GET /api/v1/children/{id}/pictures/{picture}", 7),
          entry("GET /api/v1/children/{id}/shares", 3),
          entry("GET /api/v1/children/{id}/shares/{share}/looks", 4),
          entry("GET /api/v1/children/{id}/changes", 3),
          entry("GET /api/v1/children/{id}/guardians", 3),
          entry("GET /api/v1/children/{id}/invitations", 3),
          entry("GET /api/v1/children/{id}/consents", 4),
          entry("GET /api/v1/children/{id}/access-log", 3),
          entry("GET /api/v1/children/{id}/figures/{figure}", 7),
          entry("GET /api/v1/children/{id}/story", 6),
          entry("GET /api/v1/children/{id}/mastery", 7),
          entry("GET /api/v1/children/{id}/phases", 3),
          entry("GET /api/v1/children/{id}/phases/{phase}/comparison", 4),
          entry("GET /api/v1/children/{id}/phases/{phase}/pictures/{figure}", 4),
          // Two to begin; then three for each page: one for each part, and one more for six of
          // them.
          entry("GET /api/v1/children/{id}/export", 2 + 3 * (18 + 7)),
          entry("GET /api/v1/sessions/{id}", 2));

  static Stream<String> operations() {
    return EXPECTED.keySet().stream().sorted();
  }

  @Test
  void everyAnswerAboutChildrenIsCounted() {
    assertThat(
            SERVICE
                .get("/v3/api-docs", null)
                .ok()
                .path("paths")
                .propertyStream()
                .filter(path -> path.getValue().has("get"))
                .map(path -> "GET " + path.getKey())
                .filter(path -> path.matches(".*/(children|sessions|dashboard).*")))
        .containsExactlyInAnyOrderElementsOf(EXPECTED.keySet());
  }

  @ParameterizedTest
  @MethodSource("operations")
  void answerTakesAsManyStatementsForFiftyAsForOne(String operation) {
    var one = viewer(1);
    var fifty = viewer(50);
    assertThat(statements(operation, one)).hasSize(EXPECTED.getOrDefault(operation, 0));
    assertThat(statements(operation, fifty)).isEqualTo(statements(operation, one));
  }

  @Test
  void dashboardThatIsCachedTakesTwo() {
    var viewer = viewer(3);
    statements("GET /api/v1/dashboard", viewer);
    STATEMENTS.clear();
    SERVICE.get("/api/v1/dashboard", viewer.token()).ok();
    assertThat(STATEMENTS).hasSize(2);
  }

  private record Viewer(String token, ChildId child, String session, String phase, String share) {}

  /** A parent of so many children, of whom the first has as many sessions. */
  private static Viewer viewer(int many) {
    var parent = SERVICE.user("parent", "unused");
    var children = new ArrayList<ChildId>();
    for (int i = 0; i < many; i++) {
      children.add(new People(SERVICE.db()).child(parent, "Europe/Rome"));
    }
    var session = "";
    for (int i = 0; i < many; i++) {
      var play =
          Play.by(children.getFirst(), Instant.now().minus(i, ChronoUnit.DAYS).minusSeconds(900))
              .interaction(Outcome.CORRECT)
              .then(Play.brushing(10, null, null, null, null))
              .completed(50);
      StoredHistory.store(SERVICE.db(), play.events());
      session = play.events().getFirst().sessionId().toString();
    }
    var phase =
        SERVICE
            .db()
            .sql(
                """
                INSERT INTO child_phases (child_id, day, kind, label, made_by, made_as)
                VALUES (?, current_date - 10, 'therapy', 'Speech', ?, 'parent') RETURNING id::text
                """)
            .params(children.getFirst().value(), parent)
            .query(String.class)
            .single();
    var share =
        SERVICE
            .db()
            .sql(
                """
                INSERT INTO share_links (child_id, digest, label, window_name, language, made_by, ends_at)
                VALUES (?, sha256(gen_random_uuid()::text::bytea), 'Dentist', '30d', 'en', ?, now() + interval '1 day')
                RETURNING id::text
                """)
            .params(children.getFirst().value(), parent)
            .query(String.class)
            .single();
    return new Viewer(
        Tokens.TRUSTED.of(parent, "parent"), children.getFirst(), session, phase, share);
  }

  private static List<String> statements(String operation, Viewer viewer) {
    var path = operation.substring("GET ".length());
    var id = path.contains("/sessions/{id}") ? viewer.session() : viewer.child().toString();
    SERVICE.invalidate(viewer.child());
    STATEMENTS.clear();
    var reply =
        SERVICE.get(
            path.replace("{id}", id)
                .replace("{figure}", "score")
                .replace("{picture}", "score")
                .replace("{share}", viewer.share())
                .replace("{phase}", viewer.phase()),
            viewer.token());
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return List.copyOf(STATEMENTS);
  }
}
