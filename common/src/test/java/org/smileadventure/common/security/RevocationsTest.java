package org.smileadventure.common.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.localstack.RealServers;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.security.oauth2.jwt.Jwt;

@RealServers
class RevocationsTest {
  private static final String LOGIN = "2f7e1a52-7d4b-4c8a-9a5e-0f5d1f1f7c11";

  private final DataSource database = MigratedDatabase.newDataSource();
  private final JdbcClient db = JdbcClient.create(database);
  private final DelegatingDataSource connection = new DelegatingDataSource(database);
  private Instant now = Instant.now();
  private final InstantSource clock = () -> now;

  private Revocations revocations() {
    return new Revocations(JdbcClient.create(connection), clock);
  }

  private void revoke(String subject) {
    write(subject, true);
  }

  private void write(String subject, boolean revoked) {
    db.sql(
            """
            INSERT INTO revocations (subject, revoked, until) VALUES (:subject, :revoked, :until::timestamptz)
            ON CONFLICT (subject) DO UPDATE SET revoked = excluded.revoked, changed_at = excluded.changed_at
            """)
        .param("subject", subject)
        .param("revoked", revoked)
        .param("until", now.plus(Duration.ofHours(1)).toString())
        .update();
  }

  private static boolean refuses(Revocations revocations, String claim, String value) {
    return revocations
        .validate(Jwt.withTokenValue("x").header("alg", "RS256").claim(claim, value).build())
        .hasErrors();
  }

  @ParameterizedTest
  @CsvSource({
    "jti, device:",
    "jti, jti:",
    "sid, login:",
    "sid, sid:",
    "sub, user:",
  })
  void whatATokenSaysOfItselfIsLookedUp(String claim, String kind) {
    var known = revocations();
    assertThat(refuses(known, claim, LOGIN)).isFalse();
    revoke(kind + LOGIN);
    known.poll();
    assertThat(refuses(known, claim, LOGIN)).isTrue();
    assertThat(refuses(known, claim, UUID.randomUUID().toString())).isFalse();
    assertThat(refuses(revocations(), claim, LOGIN)).as("after a new start").isTrue();
  }

  @Test
  void erasedChildrenAreKnown() {
    revoke("child:7");
    assertThat(revocations().erased(new ChildId(7))).isTrue();
    assertThat(revocations().erased(new ChildId(77))).isFalse();
  }

  @Test
  void whatIsAcceptedAgainIsNotRefused() {
    revoke("user:7");
    var known = revocations();
    write("user:7", false);
    known.poll();
    assertThat(refuses(known, "sub", "7")).isFalse();
    revoke("user:7");
    known.poll();
    assertThat(refuses(known, "sub", "7")).isTrue();
  }

  @Test
  void transactionThatCommitsLateIsNotMissed() throws Exception {
    var known = revocations();
    try (var late = database.getConnection();
        var statement = late.createStatement()) {
      late.setAutoCommit(false);
      statement.execute(
          "INSERT INTO revocations (subject, until) VALUES ('user:7', now() + interval '1 hour')");
      revoke("user:8");
      known.poll();
      known.poll();
      assertThat(refuses(known, "sub", "7")).isFalse();
      late.commit();
    }
    known.poll();
    assertThat(refuses(known, "sub", "7")).isTrue();
  }

  @Test
  void whatThisInstanceIsAboutToCommitIsKnownToItAtOnce() {
    var known = revocations();
    known.note("login:" + LOGIN);
    known.poll();
    assertThat(refuses(known, "sid", LOGIN)).isTrue();

    // It never was.
    now = now.plus(Duration.ofMinutes(3));
    known.poll();
    assertThat(refuses(known, "sid", LOGIN)).isFalse();
  }

  @Test
  void nothingIsKeptBeyondTheLastToken() {
    revoke("user:7");
    var known = revocations();
    now = now.plus(Duration.ofHours(1)).plusSeconds(1);
    known.poll();
    assertThat(refuses(known, "sub", "7")).isFalse();
    assertThat(refuses(revocations(), "sub", "7")).isFalse();
  }

  @Test
  void whatIsKnownStaysWhileTheDatabaseIsAway() {
    revoke("user:7");
    var known = revocations();
    var nobody = new PGSimpleDataSource();
    nobody.setUrl("jdbc:postgresql://127.0.0.1:1/none");
    connection.setTargetDataSource(nobody);
    known.poll();
    assertThat(refuses(known, "sub", "7")).isTrue();
    assertThatThrownBy(this::revocations).isInstanceOf(DataAccessException.class);

    revoke("user:8");
    connection.setTargetDataSource(database);
    known.poll();
    assertThat(refuses(known, "sub", "8")).isTrue();
  }
}
