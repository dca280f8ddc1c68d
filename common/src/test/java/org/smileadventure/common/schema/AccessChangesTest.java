package org.smileadventure.common.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is cached for someone has to go when that one may no longer see it. */
@RealServers
class AccessChangesTest {
  private final String url = MigratedDatabase.newUrl();
  private final JdbcClient jdbc = JdbcClient.create(MigratedDatabase.dataSource(url));

  /** The role that query-api asks as, without any child opened to it. */
  private final JdbcClient service =
      JdbcClient.create(MigratedDatabase.dataSource(LocalStack.loginAs("smile_query", url)));

  private final People people = new People(jdbc);
  private long parent;
  private long professional;
  private ChildId child;

  @BeforeEach
  void aChildWithAParentAndAProfessional() {
    parent = people.parent("parent@example.org");
    professional = people.user("professional@example.org", "professional", "{noop}unused");
    child = people.child(parent, "UTC");
    people.child(people.parent("other@example.org"), "UTC");
    people.assign(professional, child);
    assertThat(viewers()).containsExactlyInAnyOrder(parent, professional);
    assertThat(due()).isEmpty();
  }

  @Test
  void anAssignmentThatEndsTakesTheAnswersWithIt() {
    service.sql("UPDATE patient_assignments SET status = 'inactive'").update();
    assertThat(viewers()).containsExactly(parent);
    assertThat(due()).containsExactly(child);
  }

  @Test
  void aSuspendedParentTakesTheAnswersWithIt() {
    service.sql("UPDATE auth_users SET status = 'suspended' WHERE id = ?").param(parent).update();
    assertThat(viewers()).containsExactly(professional);
    assertThat(due()).containsExactly(child);
  }

  @Test
  void aDeactivatedProfessionalTakesTheAnswersWithIt() {
    service
        .sql("UPDATE auth_users SET is_active = false WHERE id = ?")
        .param(professional)
        .update();
    assertThat(viewers()).containsExactly(parent);
    assertThat(due()).containsExactly(child);
  }

  @Test
  void aChildThatIsTakenOutTakesTheAnswersWithIt() {
    jdbc.sql("UPDATE children SET is_active = false WHERE id = ?").param(child.value()).update();
    assertThat(viewers()).isEmpty();
    assertThat(due()).containsExactly(child);
  }

  @Test
  void anotherTimeZoneIsAnotherAnswer() {
    jdbc.sql("UPDATE children SET timezone = 'Asia/Tokyo' WHERE id = ?")
        .param(child.value())
        .update();
    assertThat(due()).containsExactly(child);
  }

  @Test
  void aLoginChangesNothing() {
    service.sql("UPDATE auth_users SET last_login_at = now() WHERE id = ?").param(parent).update();
    assertThat(due()).isEmpty();
  }

  private List<Long> viewers() {
    return jdbc.sql("SELECT user_id FROM v_child_access WHERE child_id = ?")
        .param(child.value())
        .query((row, _) -> row.getLong(1))
        .list();
  }

  private List<ChildId> due() {
    return jdbc.sql("SELECT child_id FROM pending_invalidation WHERE urgent")
        .query((row, _) -> new ChildId(row.getLong(1)))
        .list();
  }
}
