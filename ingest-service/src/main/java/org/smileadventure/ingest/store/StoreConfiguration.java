package org.smileadventure.ingest.store;

import org.smileadventure.ingest.IngestProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

  @Bean
  EventStore eventStore(
      JdbcTemplate jdbc, TransactionTemplate transaction, IngestProperties properties) {
    return new EventStore(jdbc, transaction, properties.maxOpenEvents());
  }
}
