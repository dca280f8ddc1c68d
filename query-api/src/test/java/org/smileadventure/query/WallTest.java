package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fixture.CanaryChild;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.ServiceUnderTest.Family;
import org.smileadventure.query.fixture.Tokens;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The second wall: what the database shows to the service's role, past all of its code. */
@RealServers
class WallTest {
  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.startAlone();

  private static final Family FAMILY = played();
  private static final Family STRANGER = played();

  private final JdbcClient asService = SERVICE.bean("jdbcClient", JdbcClient.class);

  /** With rows in everything that there is of a child. */
  private static Family played() {
    var id = SERVICE.family("Europe/Rome").child().value();
    var child = CanaryChild.plant(SERVICE.db(), new ChildId(id + 1_000_000), "qvintessa" + id);
    var play = child.play(Instant.now().minusSeconds(600));
    StoredHistory.store(SERVICE.db(), play.events());
    child.rate(play);
    return new Family(child.parent(), child.id());
  }

  /** Every relation that has a child in it and that the role may read at all. */
  static Stream<String> relations() {
    return SERVICE
        .db()
        .sql(
            """
            SELECT DISTINCT c.relname
            FROM pg_attribute a
            JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p', 'v') AND c.relnamespace = 'public'::regnamespace
            WHERE a.attname = 'child_id' AND has_table_privilege('smile_query', c.oid, 'SELECT')
              AND c.relname NOT IN ('pending_invalidation', 'patient_assignments')
            UNION SELECT 'children'
            """)
        .query((row, _) -> row.getString(1))
        .stream();
  }

  @Test
  void relationsAreThoseThatAnswersAreMadeOf() {
    assertThat(relations())
        .contains(
            "children",
            "game_sessions",
            "session_events",
            "activities",
            "session_ratings",
            "refused_events",
            "dirty_child_months",
            "child_month_summary",
            "child_window_summary",
            "guardians",
            "guardian_invitations",
            "child_changes",
            "child_phases",
            "consents",
            "share_links",
            "share_looks",
            "v_session_event",
            "v_guardian",
            "v_child_access");
  }

  @ParameterizedTest
  @MethodSource("relations")
  void whoForgetsToAskWhoMaySeeAChildGetsNothing(String relation) {
    assertThat(asService.sql("TABLE " + relation).query().listOfRows()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("relations")
  void openedChildIsTheOnlyOneThatIsThere(String relation) {
    var column = relation.equals("children") ? "id" : "child_id";
    var statement = "SELECT DISTINCT " + column + " FROM " + relation;
    // The row is there to be hidden.
    assertThat(SERVICE.db().sql(statement).query(Long.class).list())
        .contains(FAMILY.child().value(), STRANGER.child().value());
    assertThat(
            opened(
                "SELECT open_children(%d, NULL, false, 'test')".formatted(FAMILY.parent()),
                () -> asService.sql(statement).query(Long.class).list()))
        .containsExactly(FAMILY.child().value());
  }

  /** Why some of what the service may read of a child has no wall. */
  private static final Map<String, String> WITHOUT_A_WALL =
      Map.of(
          "patient_assignments", "an admin decides about them, who opens no child for that",
          "devices", "of an account, which a statement is bound to; their children are numbers",
          "outgoing_mail", "what has to be sent, whoever it is about; gone when it is",
          "pending_invalidation", "whose cached answers have to go, by number, for seconds");

  @Test
  void whatTheCatalogueSaysIsOfAChildIsBehindAPolicy() {
    var open =
        SERVICE
            .db()
            .sql(
                """
                SELECT c.relname FROM personal_data p
                JOIN pg_class c ON c.oid = format('public.%I', p.name)::regclass
                WHERE p.place = 'table' AND p.child IS NOT NULL
                  AND has_any_column_privilege('smile_query', c.oid, 'SELECT')
                  AND NOT (c.relrowsecurity AND EXISTS (
                    SELECT FROM pg_policy r
                    WHERE r.polrelid = c.oid AND r.polcmd IN ('r', '*') AND 'smile_query'::regrole = ANY (r.polroles)
                      AND pg_get_expr(r.polqual, r.polrelid) LIKE '%opened_children()%'))
                """)
            .query((row, _) -> row.getString(1))
            .list();
    assertThat(open).containsExactlyInAnyOrderElementsOf(WITHOUT_A_WALL.keySet());
  }

  /** A view shows what its reader may see, and not what its owner may. */
  @Test
  void viewsOfChildrenAskForTheirReader() {
    assertThat(
            SERVICE
                .db()
                .sql(
                    """
                    SELECT c.relname FROM pg_class c
                    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'child_id'
                    WHERE c.relkind = 'v' AND has_table_privilege('smile_query', c.oid, 'SELECT')
                      AND NOT coalesce(c.reloptions, '{}') && '{security_invoker=true}'
                    """)
                .query((row, _) -> row.getString(1))
                .list())
        .isEmpty();
  }

  @Test
  void strangersChildCannotBeOpened() {
    var statement =
        "SELECT open_children(%d, %s, false, 'test')".formatted(FAMILY.parent(), STRANGER.child());
    assertThat(opened(statement, () -> count("game_sessions"))).isZero();
  }

  @Test
  void whatWasOpenedIsClosedAgainWithTheTransaction() {
    var statement = "SELECT open_children(%d, NULL, false, 'test')".formatted(FAMILY.parent());
    assertThat(opened(statement, () -> count("game_sessions"))).isEqualTo(1);
    for (int i = 0; i < 10; i++) {
      assertThat(count("game_sessions")).isZero();
    }
  }

  @Test
  void roleCanNeitherWriteAboutChildrenNorReadWhatTheJobsKnow() {
    for (var statement :
        List.of(
            "UPDATE children SET name = 'X'",
            "DELETE FROM game_sessions",
            "INSERT INTO session_ratings (session_id, child_id, rated_by, payload) VALUES (gen_random_uuid(), 1, 1, '{\"rating\": 1}')",
            "DELETE FROM audit_log",
            "UPDATE audit_log SET detail = ''",
            "SELECT * FROM population_member",
            "SELECT * FROM session_events_default",
            "SELECT mark_months(ARRAY[1::bigint], ARRAY['2026-01-01'::date])")) {
      assertThatThrownBy(() -> asService.sql(statement).query(_ -> {}))
          .as(statement)
          .isInstanceOf(DataAccessException.class)
          .rootCause()
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void everyLookOfAnAdminIsOnRecordAndNoneOfTheFamily() {
    var family = played();
    var admin = SERVICE.user("admin", "unused");
    var token = Tokens.TRUSTED.of(admin, "admin");
    SERVICE.get(family.analytics("30d"), family.token()).ok();
    SERVICE.get(family.analytics("30d"), token).ok();
    assertThat(SERVICE.get(family.analytics("30d"), token).cacheStatus()).isEqualTo("fwd=miss");
    SERVICE.get("/api/v1/children/" + family.child(), token).ok();

    assertThat(records(family.child()))
        .containsExactly(
            admin + " GET /api/v1/children/" + family.child() + "/analytics",
            admin + " GET /api/v1/children/" + family.child() + "/analytics",
            admin + " GET /api/v1/children/" + family.child());
  }

  @Test
  void adminWhoseOfficeHasEndedSeesNothing() {
    var family = played();
    var parent = SERVICE.user("parent", "unused");
    SERVICE.get(family.analytics("30d"), Tokens.TRUSTED.of(parent, "admin")).problem(404);
    assertThat(records(family.child())).isEmpty();
  }

  private static List<String> records(ChildId child) {
    return SERVICE
        .db()
        .sql("SELECT actor || ' ' || detail FROM audit_log WHERE child = ? ORDER BY id")
        .param(child.value())
        .query((row, _) -> row.getString(1))
        .list();
  }

  private long count(String table) {
    return asService.sql("SELECT count(*) FROM " + table).query(Long.class).single();
  }

  private <T> T opened(String statement, Supplier<T> read) {
    return Objects.requireNonNull(
        SERVICE
            .bean("transactionTemplate", TransactionTemplate.class)
            .execute(
                _ -> {
                  asService.sql(statement).query(_ -> {});
                  return read.get();
                }));
  }
}
