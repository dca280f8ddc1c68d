package org.smileadventure.common.cache;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.util.JedisURIHelper;

/** The cache as the services that write or read it get it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CacheProperties.class)
@EnableScheduling
public class CacheConfiguration {

  @Bean(destroyMethod = "close")
  RedisClient redisClient(CacheProperties properties) {
    var url = properties.url();
    var timeoutMillis = Math.toIntExact(properties.timeout().toMillis());
    var pool = new ConnectionPoolConfig();
    pool.setMaxTotal(64);
    pool.setMaxIdle(64);
    pool.setMaxWait(properties.timeout());
    return RedisClient.builder()
        .hostAndPort(JedisURIHelper.getHostAndPort(url))
        .clientConfig(
            DefaultJedisClientConfig.builder()
                .protocol(RedisProtocol.RESP3)
                .connectionTimeoutMillis(timeoutMillis)
                .socketTimeoutMillis(timeoutMillis)
                .user(JedisURIHelper.getUser(url))
                .password(JedisURIHelper.getPassword(url))
                .database(JedisURIHelper.getDBIndex(url))
                .ssl(JedisURIHelper.isRedisSSLScheme(url))
                .build())
        .poolConfig(pool)
        .build();
  }

  @Bean
  AnswerCache answerCache(
      RedisClient redis, CacheProperties properties, InstantSource clock, MeterRegistry meters) {
    return new AnswerCache(redis, properties.jitter(), clock, meters);
  }

  @Bean
  CacheCounts cacheCounts(RedisClient redis, MeterRegistry meters) {
    return new CacheCounts(redis, meters);
  }

  @Bean
  PendingInvalidations pendingInvalidations(AnswerCache cache, JdbcClient jdbc) {
    return new PendingInvalidations(cache, jdbc);
  }
}
