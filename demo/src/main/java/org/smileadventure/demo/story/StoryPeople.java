package org.smileadventure.demo.story;

import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.smileadventure.common.event.ChildId;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The accounts of the story. All are called Made-Up, so that nobody takes them for real ones. */
public final class StoryPeople {
  public static final String GIULIA = "giulia@example.org";
  public static final String ELENI = "eleni@example.org";
  public static final String THERAPIST = "therapist@example.org";

  /** Those whom the therapist sees. */
  public static final List<StoryChild> PATIENTS =
      List.of(StoryChild.LUCA, StoryChild.MARIA, StoryChild.NIKOS);

  private static final String FAMILY = "Made-Up";
  private static final String[] PURPOSES = {"play_analytics", "population_figures"};
  private static final String TEXT_VERSION = "1";

  private final JdbcClient jdbc;
  private final JsonMapper json = new JsonMapper();

  public StoryPeople(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Makes them, each child with the parent's consents and the therapist with patients.
   *
   * @param passwordHash of the password that all of them have
   */
  public Map<StoryChild, ChildId> make(String passwordHash, Instant now) {
    var parents =
        Map.of(
            GIULIA, account(GIULIA, "Giulia", "parent", passwordHash),
            ELENI, account(ELENI, "Ελένη", "parent", passwordHash));
    var therapist = account(THERAPIST, "Nora", "professional", passwordHash);
    var children = new EnumMap<StoryChild, ChildId>(StoryChild.class);
    for (var child : StoryChild.values()) {
      var parent = parents.getOrDefault(child.parent, 0L);
      var id = child(child, parent, LocalDate.ofInstant(now, child.zone));
      children.put(child, new ChildId(id));
      if (PATIENTS.contains(child)) {
        assign(id, parent, therapist);
      }
      for (var phase : child.phases(LocalDate.ofInstant(now, child.zone))) {
        note(id, parent, phase);
      }
    }
    return children;
  }

  private long account(String email, String firstName, String role, String passwordHash) {
    return jdbc.sql(
            """
            INSERT INTO auth_users (
              email, hashed_password, first_name, last_name, role, status, is_verified, timezone, bio,
              license_number, specialization, clinic_name)
            SELECT
              :email, :hash, :first, :last, role, 'active', true, 'Europe/Rome', 'Made up for the demo.',
              CASE role WHEN 'professional' THEN 'MADE-UP-1' END,
              CASE role WHEN 'professional' THEN 'Occupational therapy' END,
              CASE role WHEN 'professional' THEN 'Made-up clinic of the demo' END
            FROM (SELECT CAST(:role AS text) AS role) account
            RETURNING id
            """)
        .param("email", email)
        .param("hash", passwordHash)
        .param("first", firstName)
        .param("last", FAMILY)
        .param("role", role)
        .query(Long.class)
        .single();
  }

  private long child(StoryChild child, long parent, LocalDate today) {
    return jdbc.sql("SELECT add_child(:parent, CAST(:profile AS jsonb), :purposes, :version)")
        .param("parent", parent)
        .param("profile", json.writeValueAsString(child.profile(today)))
        .param("purposes", PURPOSES)
        .param("version", TEXT_VERSION)
        .query(Long.class)
        .single();
  }

  private void note(long child, long parent, StoryPhase phase) {
    jdbc.sql("SELECT outcome FROM add_phase(:parent, :child, :day, NULL, :kind, :label)")
        .param("parent", parent)
        .param("child", child)
        .param("day", phase.day())
        .param("kind", phase.kind())
        .param("label", phase.label())
        .query(String.class)
        .single();
  }

  private void assign(long child, long parent, long therapist) {
    jdbc.sql(
            "INSERT INTO patient_assignments (child_id, professional_id) VALUES (:child,"
                + " :therapist)")
        .param("child", child)
        .param("therapist", therapist)
        .update();
    jdbc.sql(
            "SELECT outcome FROM give_consent(:parent, :child, 'professional_sharing', :therapist,"
                + " true, :version)")
        .param("parent", parent)
        .param("child", child)
        .param("therapist", therapist)
        .param("version", TEXT_VERSION)
        .query(String.class)
        .single();
  }
}
