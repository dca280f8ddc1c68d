package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the database cannot do just now is to be asked for again, and is no fault. */
@RealServers
class BusyDatabaseTest {

  @Test
  void ratingOfAChildThatSomebodyHasLockedIsToBeSentAgain() {
    try (var service = ServiceUnderTest.start("--smile.database.lock-timeout=200ms")) {
      var family = service.family("Europe/Rome");
      StoredHistory.store(
          service.db(),
          Play.by(family.child(), Instant.now().minusSeconds(600)).completed(50).events());
      var session =
          service.db().sql("SELECT id::text FROM game_sessions").query(String.class).single();
      var other = MigratedDatabase.dataSource(service.databaseUrl());
      new TransactionTemplate(new JdbcTransactionManager(other))
          .executeWithoutResult(
              _ -> {
                JdbcClient.create(other)
                    .sql("SELECT FROM children WHERE id = ? FOR UPDATE")
                    .param(family.child().value())
                    .query(_ -> {});
                var reply =
                    service.send(
                        "PUT",
                        "/api/v1/sessions/" + session + "/rating",
                        family.token(),
                        "{\"rating\": 4}",
                        "Content-Type",
                        "application/json");
                reply.problem(503);
                assertThat(reply.header("Retry-After")).isEqualTo("1");
              });
    }
  }
}
