package org.smileadventure.ingest.erasure;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Payload;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.fixture.Play;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A child of whom each text that can be kept is an unlikely one, and whose number is unlikely. */
record CanaryChild(JdbcClient db, ChildId id, String canary) {
  private static final Instant NOON = Instant.parse("2026-05-05T12:00:00Z");

  /** With a profile, and rows in each table that a child can have some in. */
  static CanaryChild plant(JdbcClient db, ChildId id, String canary) {
    var people = new People(db);
    var parent = people.parent("parent@example.org");
    var other = people.parent("other@example.org");
    var professional = people.user("pro@example.org", "professional", "{noop}unused");
    var child = new CanaryChild(db, id, canary);
    child.run(
        """
        INSERT INTO children (
          id, name, age, parent_id, timezone, avatar_url, achievements, diagnosis, support_level,
          diagnosing_professional, sensory_profile, behavioral_notes, communication_notes, current_therapies,
          emergency_contacts, safety_protocols, baseline_assessment, progress_notes)
        VALUES (
          :id, :canary, 7, :parent, 'Europe/Rome', 'https://example.org/' || :canary, jsonb_build_array(:canary), :canary, 2,
          :canary, jsonb_build_object(:canary, :canary), :canary, :canary, jsonb_build_array(:canary),
          jsonb_build_array(:canary), jsonb_build_object(:canary, 1), jsonb_build_object(:canary, 1),
          jsonb_build_array(:canary))
        """,
        parent);
    people.consent(id, "play_analytics", null, true);
    people.consent(id, "population_figures", null, true);
    people.assign(professional, id);
    child.run(
        "INSERT INTO guardians (child_id, user_id, added_by) VALUES (:id, :parent, 1)", other);
    child.run(
        """
        INSERT INTO guardian_invitations (child_id, digest, kind, email, invited_by, expires_at)
        VALUES (:id, sha256(:canary::bytea), 'guardian', :canary || '@example.org', :parent, now() + interval '1 day')
        """,
        parent);
    child.run(
        """
        INSERT INTO share_links (child_id, digest, label, window_name, language, made_by, ends_at)
        VALUES (:id, sha256(:canary::bytea), :canary, '30d', 'en', :parent, now() + interval '1 day')
        """,
        parent);
    child.run(
        """
        INSERT INTO share_looks (child_id, share, at, what)
        SELECT child_id, id, now(), 'report' FROM share_links WHERE child_id = :id
        """,
        parent);
    child.run(
        """
        INSERT INTO child_changes (child_id, changed_by, field, old_value, new_value)
        VALUES (:id, :parent, 'name', to_jsonb(:canary::text), to_jsonb(:canary::text))
        """,
        parent);
    child.run(
        """
        INSERT INTO child_phases (child_id, day, kind, label, made_by, made_as)
        VALUES (:id, '2026-03-01', 'other', left(:canary, 100), :parent, 'parent')
        """,
        parent);
    child.run(
        """
        INSERT INTO devices (jti, user_id, name, children, expires_at)
        VALUES (gen_random_uuid(), :parent, :canary, ARRAY[:id::bigint], now() + interval '30 days'),
               (gen_random_uuid(), :parent, 'of two', ARRAY[1, :id::bigint], now() + interval '30 days')
        """,
        parent);
    child.run(
        """
        INSERT INTO outgoing_mail (user_id, child, recipient, subject, body)
        VALUES (:parent, :id, 'parent@example.org', :canary, :canary)
        """,
        parent);
    child.run(
        "INSERT INTO population_print (topic, child_id, contribution) VALUES ('figures', :id, 1)",
        parent);
    child.run(
        "INSERT INTO population_member (topic, child_id, cell_id, leaf) VALUES ('figures', :id, 1,"
            + " 'x')",
        parent);
    child.run("INSERT INTO dirty_child_windows (child_id) VALUES (:id)", parent);
    child.summarised();
    return child;
  }

  private void run(String sql, long parent) {
    db.sql(sql).param("id", id.value()).param("canary", canary).param("parent", parent).update();
  }

  /** As a job writes it. */
  static final String SUMMARY =
      """
      INSERT INTO child_month_summary (
        child_id, month, sessions, completed, abandoned, interrupted, in_progress, duration_seconds, score_n,
        score_sum, engagement_n, engagement_sum, success_n, success_sum, activities, points, shape, moments)
      VALUES (%s, '%s', 1, 1, 0, 0, 0, 60, 0, 0, 0, 0, 0, 0, 0, 0, 0, ''::bytea)
      """;

  private void summarised() {
    db.sql(SUMMARY.formatted(id, "2026-04-01")).update();
  }

  /** A session whose every text is the canary, with an activity and what a parent says of it. */
  Play play() {
    return Play.by(
            id,
            NOON,
            new Payload.SessionStarted(
                Payload.SessionType.DENTAL_VISIT,
                canary,
                canary,
                "1",
                canary,
                canary,
                "1",
                canary,
                true,
                Payload.EmotionalState.ANXIOUS))
        .then(new Payload.InteractionRecorded(canary, Payload.Outcome.CORRECT, 100, false))
        .then(new Payload.EmotionObserved(Payload.EmotionalState.CALM, 2, canary, null))
        .then(new Payload.AchievementUnlocked(canary))
        .then(new Payload.RegulationUsed(canary, 3, true))
        .then(
            new Payload.ActivityRecorded(
                Payload.ActivityType.DENTAL_CARE,
                canary,
                canary,
                canary,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                canary,
                List.of(canary),
                List.of(canary),
                List.of(canary),
                List.of(canary),
                List.of(canary),
                canary,
                Payload.EndStatus.COMPLETED,
                null,
                canary))
        .then(new Payload.ParentRated(4, canary, null))
        .then(
            new Payload.SessionEnded(
                Payload.EndStatus.COMPLETED, canary, 7, Payload.EmotionalState.CALM));
  }

  /** What its parent says of a session in the application. */
  void rate(Play play) {
    db.sql(
            """
            INSERT INTO session_ratings (session_id, child_id, rated_by, payload)
            SELECT :session, id, parent_id, jsonb_build_object('rating', 4, 'notes', :canary)
            FROM children WHERE id = :id
            """)
        .param("session", play.session().value())
        .param("canary", canary)
        .param("id", id.value())
        .update();
  }

  /** As query-api asks for it. */
  UUID askErasure() {
    db.sql("UPDATE children SET is_active = false, play_consent = false WHERE id = ?")
        .param(id.value())
        .update();
    db.sql("INSERT INTO revocations (subject, until) VALUES (?, now() + interval '31 days')")
        .param("child:" + id)
        .update();
    return enter();
  }

  /** Without holding off what its devices send. */
  UUID enter() {
    return db.sql(
            """
            INSERT INTO erasures (id, child, asked_as, reason) VALUES (gen_random_uuid(), ?, 'parent', ?)
            RETURNING id
            """)
        .params(id.value(), "because of " + canary)
        .query(UUID.class)
        .single();
  }

  boolean is(String state, UUID erasure) {
    return db.sql("SELECT %s IS NOT NULL FROM erasures WHERE id = ?".formatted(state))
        .param(erasure)
        .query(Boolean.class)
        .single();
  }
}
