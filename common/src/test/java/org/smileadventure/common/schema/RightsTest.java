package org.smileadventure.common.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the logins of the services may do. */
@RealServers
class RightsTest {
  private static final String URL = MigratedDatabase.newUrl();
  private static final JdbcClient DB = JdbcClient.create(MigratedDatabase.dataSource(URL));

  @Test
  void rightsAreThoseOfTheListAndNoOthers() throws IOException {
    var listed =
        new ClassPathResource("rights.txt", RightsTest.class)
            .getContentAsString(UTF_8)
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .toList();
    assertThat(granted()).containsExactlyInAnyOrderElementsOf(listed);
  }

  /** A line for each login and relation or function, with the columns where not all are meant. */
  private static List<@Nullable String> granted() {
    return DB.sql(
            """
            WITH rights AS (
              SELECT grantee, table_name::text AS what, privilege_type::text AS may
              FROM information_schema.role_table_grants WHERE table_schema = 'public'
              UNION ALL
              SELECT c.grantee, c.table_name, c.privilege_type || '(' || string_agg(c.column_name, ' ' ORDER BY c.column_name) || ')'
              FROM information_schema.role_column_grants c
              WHERE c.table_schema = 'public' AND NOT EXISTS (
                SELECT FROM information_schema.role_table_grants t
                WHERE t.grantee = c.grantee AND t.table_name = c.table_name AND t.privilege_type = c.privilege_type
                  AND t.table_schema = 'public')
              GROUP BY c.grantee, c.table_name, c.privilege_type
              UNION ALL
              SELECT grantee, object_name, privilege_type
              FROM information_schema.role_usage_grants WHERE object_schema = 'public' AND object_type = 'SEQUENCE'
              UNION ALL
              SELECT grantee, routine_name || '()', privilege_type
              FROM information_schema.role_routine_grants WHERE routine_schema = 'public'
            )
            SELECT grantee || ' ' || what || ': ' || string_agg(may, ', ' ORDER BY may)
            FROM rights
            WHERE grantee IN ('smile_query', 'smile_ingest', 'smile_batch', 'PUBLIC')
            GROUP BY grantee, what
            ORDER BY 1
            """)
        .query(String.class)
        .list();
  }

  @ParameterizedTest
  @ValueSource(strings = {"smile_query", "smile_ingest", "smile_batch"})
  void loginOwnsNothingAndCanBecomeNobodyElse(String login) {
    assertThat(
            DB.sql(
                    """
                    SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication
                      OR EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid)
                      OR EXISTS (SELECT FROM pg_proc p WHERE p.proowner = r.oid)
                      OR has_schema_privilege(r.rolname, 'public', 'CREATE')
                      OR EXISTS (SELECT FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
                                 WHERE m.member = r.oid AND g.rolname NOT LIKE 'pg\\_read\\_all\\_stats')
                    FROM pg_roles r WHERE rolname = ?
                    """)
                .param(login)
                .query(Boolean.class)
                .single())
        .isFalse();
    var service = JdbcClient.create(MigratedDatabase.dataSource(LocalStack.loginAs(login, URL)));
    for (var statement :
        List.of(
            "SET ROLE postgres",
            "CREATE TABLE mine (id int)",
            "DROP TABLE audit_log",
            "TRUNCATE children",
            "DELETE FROM audit_log",
            "UPDATE audit_log SET detail = ''",
            "DELETE FROM children",
            "SELECT * FROM opening_secret",
            "UPDATE auth_users SET role = 'admin'")) {
      assertThatThrownBy(() -> service.sql(statement).update())
          .as("%s: %s", login, statement)
          .isInstanceOf(DataAccessException.class)
          .rootCause()
          .hasMessageMatching("(?s).*(permission denied|must be owner).*");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "smile_batch  | SELECT email FROM auth_users",
        "smile_batch  | SELECT id FROM auth_users",
        "smile_batch  | DELETE FROM auth_users",
        "smile_batch  | UPDATE retention_policy SET period = '0'",
        "smile_ingest | SELECT email FROM auth_users",
        "smile_ingest | SELECT hashed_password FROM auth_users",
        "smile_ingest | SELECT * FROM auth_users",
        "smile_ingest | UPDATE retention_policy SET period = '0'",
        "smile_query  | UPDATE patient_assignments SET consented = true",
        "smile_query  | UPDATE patient_assignments SET professional_id = 1",
        "smile_query  | INSERT INTO patient_assignments (child_id, professional_id, consented)"
            + " VALUES (1, 1, true)"
      })
  void rightThatIsNotUsedIsNotThere(String login, String statement) {
    var service = JdbcClient.create(MigratedDatabase.dataSource(LocalStack.loginAs(login, URL)));
    assertThatThrownBy(() -> service.sql(statement).update())
        .isInstanceOf(DataAccessException.class)
        .rootCause()
        .hasMessageContaining("permission denied");
  }

  @Test
  void serviceMakesNoAdmin() {
    var service =
        JdbcClient.create(MigratedDatabase.dataSource(LocalStack.loginAs("smile_query", URL)));
    assertThatThrownBy(
            () ->
                service
                    .sql(
                        """
                        INSERT INTO auth_users (email, hashed_password, first_name, last_name, role, status)
                        VALUES ('intruder@example.org', 'x', 'In', 'Truder', 'admin', 'pending')
                        """)
                    .update())
        .isInstanceOf(DataAccessException.class)
        .rootCause()
        .hasMessageContaining("row-level security");
  }

  @Test
  void schemaIsMadeByALoginThatIsNoSuperuser() {
    DB.sql(
            """
            DO $$ BEGIN
              IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'owner_of_a_test') THEN
                CREATE ROLE owner_of_a_test LOGIN;
              END IF;
            END $$
            """)
        .update();
    var roles =
        DB.sql("SELECT rolname FROM pg_roles WHERE rolname LIKE 'smile%' AND NOT rolcanlogin")
            .query(String.class)
            .list();
    roles.forEach(role -> DB.sql("GRANT " + role + " TO owner_of_a_test WITH SET TRUE").update());
    var url = LocalStack.shared().newDatabase();
    var name = url.replaceFirst(".*/([^?]*).*", "$1");
    DB.sql("ALTER DATABASE " + name + " OWNER TO owner_of_a_test").update();
    var owner = LocalStack.loginAs("owner_of_a_test", url);

    Flyway.configure().dataSource(owner, null, null).load().migrate();

    var people = new People(JdbcClient.create(MigratedDatabase.dataSource(owner)));
    people.child(people.parent("parent@example.org"), "UTC");
  }
}
