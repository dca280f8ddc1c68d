package org.smileadventure.common.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is left of an account that was closed. */
@RealServers
class ErasedAccountTest {
  private final JdbcClient jdbc = JdbcClient.create(MigratedDatabase.newDataSource());
  private final People people = new People(jdbc);
  private final long parent = people.parent("zoe@example.org");

  @Test
  void nothingOfItTellsWhoItWas() {
    erase();
    assertThat(
            jdbc.sql("SELECT to_jsonb(u)::text FROM auth_users u WHERE id = ?")
                .param(parent)
                .query(String.class)
                .single())
        .contains("\"status\": \"deleted\"")
        .doesNotContain("zoe")
        .doesNotContain("Test");
  }

  @Test
  void childIsLeftToTheGuardianWhoHasBeenThereLongest() {
    var child = people.child(parent, "UTC").value();
    var second = people.parent("second@example.org");
    var third = people.parent("third@example.org");
    jdbc.sql(
            """
            INSERT INTO guardians (child_id, user_id, added_by, since)
            VALUES (:child, :third, :parent, now()), (:child, :second, :parent, now() - interval '1 day')
            """)
        .param("child", child)
        .param("second", second)
        .param("third", third)
        .param("parent", parent)
        .update();

    erase();

    assertThat(
            jdbc.sql("SELECT user_id FROM v_guardian WHERE child_id = ? ORDER BY user_id")
                .param(child)
                .query(Long.class)
                .list())
        .containsExactly(second, third);
    assertThat(
            jdbc.sql("SELECT parent_id FROM children WHERE id = ?")
                .param(child)
                .query(Long.class)
                .single())
        .isEqualTo(second);
  }

  @Test
  void childIsLeftToSomebodyWhoseAccountIsInUse() {
    var child = people.child(parent, "UTC").value();
    var suspended = people.parent("suspended@example.org");
    var later = people.parent("later@example.org");
    jdbc.sql("UPDATE auth_users SET status = 'suspended' WHERE id = ?").param(suspended).update();
    jdbc.sql(
            """
            INSERT INTO guardians (child_id, user_id, added_by, since)
            VALUES (:child, :suspended, :parent, now() - interval '1 day'), (:child, :later, :parent, now())
            """)
        .param("child", child)
        .param("suspended", suspended)
        .param("later", later)
        .param("parent", parent)
        .update();

    erase();

    assertThat(
            jdbc.sql("SELECT parent_id FROM children WHERE id = ?")
                .param(child)
                .query(Long.class)
                .single())
        .isEqualTo(later);
  }

  @Test
  void assignmentsOfAProfessionalEnd() {
    var professional = people.user("pro@example.org", "professional", "{noop}unused");
    people.assign(professional, people.child(parent, "UTC"));

    erase(professional);

    assertThat(
            jdbc.sql("SELECT status || ' ' || (ended_at IS NOT NULL) FROM patient_assignments")
                .query(String.class)
                .list())
        .containsExactly("inactive true");
  }

  private void erase() {
    erase(parent);
  }

  private void erase(long account) {
    jdbc.sql("SELECT erase_account(?)").param(account).query(_ -> {});
  }
}
