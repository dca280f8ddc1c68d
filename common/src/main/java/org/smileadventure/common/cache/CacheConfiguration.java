package org.smileadventure.common.cache;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.smileadventure.common.dependency.Dependency;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.support.TransactionTemplate;
import redis.clients.jedis.UnifiedJedis;

/** The cache as the services that write or read it get it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CacheProperties.class)
@EnableScheduling
public class CacheConfiguration {

  @Bean(destroyMethod = "close")
  UnifiedJedis redisClient(CacheProperties properties, SslBundles sslBundles) {
    return RedisConnection.open(properties, sslBundles);
  }

  @Bean
  AnswerCache answerCache(
      UnifiedJedis redis, CacheProperties properties, InstantSource clock, MeterRegistry meters) {
    return new AnswerCache(redis, properties.jitter(), clock, meters);
  }

  @Bean
  Dependency redisDependency(AnswerCache cache) {
    return new Dependency("redis", cache::isUp);
  }

  @Bean
  CacheCounts cacheCounts(UnifiedJedis redis, MeterRegistry meters) {
    return new CacheCounts(redis, meters);
  }

  @Bean
  PendingInvalidations pendingInvalidations(
      AnswerCache cache, JdbcClient jdbc, TransactionTemplate transaction) {
    return new PendingInvalidations(cache, jdbc, transaction);
  }
}
