package org.smileadventure.query;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fixture.CanaryChild;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.query.fixture.Household;
import org.smileadventure.query.fixture.Reply;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.Tokens;

/**
 * A child of whom everything is a canary, those who ask about it, and each operation as they ask
 * it, with a body in which each text is the canary too.
 */
final class Scene {
  static final String CANARY = "qvintessa";
  private static final AtomicLong NUMBERS = new AtomicLong(734_098_000_001L);

  /** Who asks, each with an account of their own. */
  enum Caller {
    NOBODY(""),
    PARENT("parent"),
    GUARDIAN("parent"),
    /** The parent of another child. */
    OTHER("parent"),
    ASSIGNED("professional"),
    UNASSIGNED("professional"),
    /** Whose assignment has ended. */
    FORMER("professional"),
    /** With whom no guardian wants to share. */
    UNCONSENTED("professional"),
    ADMIN("admin");

    private final String role;

    Caller(String role) {
      this.role = role;
    }

    boolean mayKnowTheChild() {
      return this == PARENT || this == GUARDIAN || this == ASSIGNED || this == ADMIN;
    }
  }

  /** What is not as it was when the tokens were made: of all who ask, or of the child. */
  enum State {
    ACTIVE,
    /** Nobody's account is in use, though their tokens are not taken back yet. */
    PENDING,
    INACTIVE,
    DELETED,
    /** Their tokens are taken back. */
    SUSPENDED,
    CLOSED,
    RESTRICTED,
    ERASING,
    ERASED;

    boolean tokensAreTakenBack() {
      return this == SUSPENDED || this == CLOSED;
    }

    boolean accountsAreNotInUse() {
      return this == PENDING || this == INACTIVE || this == DELETED;
    }

    boolean childIsGone() {
      return this == ERASING || this == ERASED;
    }

    /** Whether there is nobody who may know the child. */
    boolean isSilent() {
      return tokensAreTakenBack() || accountsAreNotInUse() || childIsGone();
    }
  }

  private static final Map<String, String> BODIES =
      Map.ofEntries(
          entry("DELETE /api/v1/me", "{\"password\": \"unused\"}"),
          entry("PATCH /api/v1/me", "{\"bio\": \"$name\", \"first_name\": \"$name\"}"),
          entry(
              "POST /api/v1/children",
              "{\"name\": \"$name\", \"age\": 7, \"timezone\": \"Europe/Rome\", \"consents\": {\"text_version\": \"1\", \"play_analytics\": true}}"),
          entry(
              "PATCH /api/v1/children/{id}",
              "{\"age\": 8, \"diagnosis\": \"$name\", \"behavioral_notes\": \"$name\"}"),
          entry(
              "DELETE /api/v1/children/{id}",
              "{\"confirm_name\": \"$name\", \"reason\": \"$name\"}"),
          entry(
              "POST /api/v1/children/{id}/invitations",
              "{\"email\": \"$name@example.org\", \"kind\": \"guardian\"}"),
          entry("POST /api/v1/children/{id}/shares", "{\"label\": \"$name\", \"days\": 7}"),
          entry("POST /api/v1/invitations/accept", "{\"token\": \"nobody's\"}"),
          entry("PUT /api/v1/children/{id}/restriction", "{\"restricted\": true}"),
          entry(
              "POST /api/v1/children/{id}/phases",
              "{\"day\": \"2026-03-01\", \"kind\": \"therapy\", \"label\": \"$name\"}"),
          entry(
              "POST /api/v1/children/{id}/consents",
              "{\"purpose\": \"research_export\", \"granted\": true, \"text_version\": \"1\"}"),
          entry("PUT /api/v1/sessions/{id}/rating", "{\"rating\": 4, \"notes\": \"$name\"}"),
          entry("PATCH /api/v1/children/{id}/phases/{phase}", "{\"label\": \"$name\"}"),
          entry("PUT /api/v1/users/{id}/status", "{\"status\": \"active\"}"),
          entry(
              "POST /api/v1/assignments",
              "{\"child_id\": $child, \"professional_id\": $professional}"),
          entry("POST /api/v1/erasures", "{\"child_id\": $child, \"reason\": \"$name\"}"),
          entry(
              "POST /api/v1/incidents/exposure",
              "{\"from\": \"$before\", \"to\": \"$now\", \"child_ids\": [$child]}"),
          entry(
              "POST /api/v1/cohorts/compare",
              "{\"cohorts\": [{\"name\": \"$name\"}, {\"name\": \"b\", \"age_bands\": [\"7-12\"]}]}"));

  private final ServiceUnderTest service;
  private final CanaryChild child;
  private final Map<Caller, Long> accounts = new EnumMap<>(Caller.class);
  private final Map<Caller, String> tokens = new EnumMap<>(Caller.class);
  private final String link = UUID.randomUUID().toString().replace("-", "") + "ABCDEFGHIJK";
  private final String session;
  private final String phase;
  private final String share;
  private final String invitation;
  private final String assignment;
  private final String device;
  private String erasure = new UUID(0, 2).toString();

  Scene(ServiceUnderTest service, State state) {
    this.service = service;
    var db = service.db();
    var id = new ChildId(NUMBERS.incrementAndGet());
    child = CanaryChild.plant(db, id, CANARY + id);
    var play = child.play(Instant.now().minusSeconds(900));
    StoredHistory.store(db, play.events());
    child.rate(play);
    session = play.session().toString();
    accounts.put(Caller.PARENT, child.parent());
    accounts.put(Caller.GUARDIAN, child.guardian());
    accounts.put(Caller.OTHER, service.family("Europe/Rome").parent());
    accounts.put(Caller.ASSIGNED, child.professional());
    for (var caller : List.of(Caller.UNASSIGNED, Caller.FORMER, Caller.UNCONSENTED)) {
      accounts.put(caller, service.professional());
    }
    accounts.put(Caller.ADMIN, service.user("admin", "unused"));
    service.assign(requireNonNull(accounts.get(Caller.FORMER)), id);
    run(
        "UPDATE patient_assignments SET status = 'inactive', ended_at = now() WHERE child_id = ? AND professional_id = "
            + accounts.get(Caller.FORMER));
    run(
        "INSERT INTO patient_assignments (child_id, professional_id) SELECT id, "
            + accounts.get(Caller.UNCONSENTED)
            + " FROM children WHERE id = ?");
    // Somebody who decides when all of them have gone.
    run(
        "INSERT INTO guardians (child_id, user_id, added_by) SELECT id, "
            + service.user("parent", "unused")
            + ", parent_id FROM children WHERE id = ?");
    db.sql("UPDATE share_links SET digest = sha256(?::bytea) WHERE child_id = ?")
        .params(link, id.value())
        .update();
    phase = text("SELECT id FROM child_phases WHERE child_id = ?");
    share = text("SELECT id FROM share_links WHERE child_id = ?");
    invitation = text("SELECT id FROM guardian_invitations WHERE child_id = ?");
    assignment =
        text(
            "SELECT id FROM patient_assignments WHERE child_id = ? AND status = 'active' AND consented");
    device = text("SELECT jti FROM devices WHERE children = ARRAY[?::bigint]");
    be(state);
  }

  /** To sign one takes long. */
  private @Nullable String token(Caller caller) {
    var user = accounts.get(caller);
    return user == null
        ? null
        : tokens.computeIfAbsent(caller, _ -> Tokens.TRUSTED.of(user, caller.role));
  }

  private void run(String sql) {
    assertThat(service.db().sql(sql).param(child.id().value()).update()).isEqualTo(1);
  }

  private String text(String sql) {
    return service
        .db()
        .sql(sql)
        .param(child.id().value())
        .query((row, _) -> row.getString(1))
        .single();
  }

  private void be(State state) {
    switch (state) {
      case ACTIVE -> {}
      case PENDING -> accountsAre("status = 'pending'");
      case INACTIVE -> accountsAre("is_active = false");
      case DELETED -> accountsAre("status = 'deleted', is_active = false");
      case SUSPENDED -> {
        var admin = Tokens.TRUSTED.of(service.user("admin", "unused"), "admin");
        accounts.forEach(
            (_, user) ->
                assertThat(
                        send(
                                "PUT",
                                "/api/v1/users/" + user + "/status",
                                admin,
                                "{\"status\": \"suspended\"}")
                            .status())
                    .isEqualTo(204));
      }
      case CLOSED ->
          accounts.forEach(
              (caller, user) -> {
                if (caller == Caller.OTHER) {
                  service
                      .db()
                      .sql("UPDATE children SET is_active = false WHERE parent_id = ?")
                      .param(user)
                      .update();
                }
                var reply =
                    send("DELETE", "/api/v1/me", token(caller), "{\"password\": \"unused\"}");
                assertThat(reply.status()).as(reply.body()).isEqualTo(204);
              });
      case RESTRICTED -> run("UPDATE children SET restricted_at = now() WHERE id = ?");
      case ERASING -> askErasure();
      case ERASED -> {
        askErasure();
        service.db().sql("SELECT erase_child(?, true)").param(child.id().value()).query(_ -> {});
        run(
            """
            UPDATE erasures SET announced_at = now(), erased_at = now(), erased_rows = '{}', cleared_at = now(),
              swept_at = now(), swept_rows = '{}'
            WHERE child = ?
            """);
      }
    }
  }

  private void accountsAre(String change) {
    assertThat(
            service
                .db()
                .sql("UPDATE auth_users SET " + change + " WHERE id = ANY (?)")
                .param(accounts.values().toArray(Long[]::new))
                .update())
        .isEqualTo(accounts.size());
  }

  private void askErasure() {
    var reply =
        send(
            "DELETE",
            "/api/v1/children/" + child.id(),
            token(Caller.PARENT),
            "{\"confirm_name\": \"" + child.canary() + "\"}");
    assertThat(reply.status()).as(reply.body()).isEqualTo(202);
    erasure = reply.json().path("erasure").asString();
  }

  Reply call(String operation, Caller caller) {
    return call(operation, token(caller));
  }

  Reply call(String operation, @Nullable String token) {
    var method = operation.substring(0, operation.indexOf(' '));
    var body = body(operation);
    var path = path(operation);
    if (operation.contains("/shared")) {
      return service.send(method, path, token, null, "Smile-Share", link);
    }
    return send(method, path, token, body);
  }

  private String path(String operation) {
    var id =
        operation.contains("/sessions/{id}")
            ? session
            : operation.contains("/erasures/{id}")
                ? erasure
                : operation.contains("/users/{id}")
                    ? String.valueOf(accounts.get(Caller.PARENT))
                    : operation.contains("/assignments/{id}")
                        ? assignment
                        : operation.contains("/devices/{id}") ? device : child.id().toString();
    return operation
        .substring(operation.indexOf(' ') + 1)
        .replace("{id}", id)
        .replace("{figure}", "score")
        .replace("{picture}", "score")
        .replace("{phase}", phase)
        .replace("{user_id}", String.valueOf(accounts.get(Caller.GUARDIAN)))
        .replace("{share}", share)
        .replace("{invitation}", invitation);
  }

  private @Nullable String body(String operation) {
    var body = BODIES.getOrDefault(operation, operation.startsWith("GET ") ? null : "{}");
    return body == null
        ? null
        : body.replace("$child", child.id().toString())
            .replace("$name", child.canary())
            .replace("$professional", String.valueOf(accounts.get(Caller.UNASSIGNED)))
            .replace("$now", Instant.now().toString())
            .replace("$before", Instant.now().minusSeconds(3600).toString());
  }

  /** Of everything that is kept of the child. */
  String digest() {
    return service
        .db()
        .sql(digestStatement())
        .param("child", child.id().value())
        .query(String.class)
        .single();
  }

  long onRecord(Caller caller) {
    if (caller == Caller.NOBODY) {
      return 0;
    }
    return service
        .db()
        .sql("SELECT count(*) FROM audit_log WHERE actor = ?")
        .param(accounts.get(caller))
        .query(Long.class)
        .single();
  }

  /** All operations that the API's description has. */
  static Stream<String> described(ServiceUnderTest service) {
    return service
        .get("/v3/api-docs", null)
        .ok()
        .path("paths")
        .propertyStream()
        .flatMap(
            path ->
                path.getValue()
                    .propertyStream()
                    .map(method -> method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey()))
        .sorted();
  }

  long account(Caller caller) {
    return requireNonNull(accounts.get(caller));
  }

  private String digestStatement() {
    return service
        .db()
        .sql(
            """
            SELECT string_agg(
              format('SELECT %L || coalesce(md5(string_agg(t::text, '','' ORDER BY t::text)), '''') AS part FROM %I t WHERE %s',
                p.name, p.name, CASE WHEN a.attndims > 0 THEN format(':child = ANY (t.%I)', p.child) ELSE format('t.%I = :child', p.child) END),
              ' UNION ALL ' ORDER BY p.name)
            FROM personal_data p
            JOIN pg_attribute a ON a.attrelid = format('public.%I', p.name)::regclass AND a.attname = p.child
            WHERE p.place = 'table' AND p.on_erasure IN ('delete', 'anonymise')
              AND p.name <> 'outgoing_mail' -- which is tried again meanwhile
            """)
        .query(
            (row, _) ->
                "SELECT string_agg(part, ' ' ORDER BY part) FROM (" + row.getString(1) + ") parts")
        .single();
  }

  private Reply send(String method, String path, @Nullable String token, @Nullable String body) {
    return Household.send(service, method, path, token, body);
  }
}
