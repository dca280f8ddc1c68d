package org.smileadventure.ingest.store;

import java.time.InstantSource;
import org.smileadventure.ingest.IngestProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

  @Bean
  EventStore eventStore(
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      IngestProperties properties,
      InstantSource clock) {
    return new EventStore(
        jdbc,
        transaction,
        properties.maxOpenEvents(),
        new SessionsToday(properties.maxSessionsPerDay(), clock));
  }

  @Bean
  LaterWork laterWork(JdbcClient jdbc, TransactionTemplate transaction) {
    return new LaterWork(jdbc, transaction);
  }
}
