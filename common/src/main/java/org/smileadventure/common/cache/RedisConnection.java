package org.smileadventure.common.cache;

import java.time.Duration;
import java.util.stream.Collectors;
import javax.net.ssl.SSLParameters;
import org.springframework.boot.ssl.SslBundles;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.builders.AbstractClientBuilder;
import redis.clients.jedis.util.JedisURIHelper;

/** Opens connections to a Redis or a Redis Cluster, which need not be there yet. */
final class RedisConnection {
  // What is only ever sent in pipelines does not lead Jedis to ask for the nodes anew.
  private static final Duration NODES_ASKED_FOR_EVERY = Duration.ofSeconds(10);
  private static final int ATTEMPTS = 3;

  static {
    // An answer is larger than what Jedis reads at once if nothing is said; each read of a virtual
    // thread costs more than the bytes do.
    if (System.getProperty("jedis.bufferSize.input") == null) {
      System.setProperty("jedis.bufferSize.input", "32768");
    }
  }

  private RedisConnection() {}

  static UnifiedJedis open(CacheProperties properties, SslBundles sslBundles) {
    if (!properties.isCluster()) {
      return configured(
          RedisClient.builder()
              .hostAndPort(JedisURIHelper.getHostAndPort(properties.url().getFirst())),
          properties,
          sslBundles);
    }
    // Jedis' way to be told that a cluster which is away does not keep a service from starting.
    System.setProperty(RedisClusterClient.INIT_NO_ERROR_PROPERTY, "true");
    return configured(
        RedisClusterClient.builder()
            .nodes(
                properties.url().stream()
                    .map(JedisURIHelper::getHostAndPort)
                    .collect(Collectors.toSet()))
            .maxAttempts(ATTEMPTS)
            .maxTotalRetriesDuration(properties.timeout())
            .topologyRefreshPeriod(NODES_ASKED_FOR_EVERY),
        properties,
        sslBundles);
  }

  private static <C extends UnifiedJedis> C configured(
      AbstractClientBuilder<?, C> builder, CacheProperties properties, SslBundles sslBundles) {
    var pool = new ConnectionPoolConfig();
    pool.setMaxTotal(64);
    pool.setMaxIdle(64);
    pool.setMaxWait(properties.timeout());
    builder.clientConfig(clientConfig(properties, sslBundles)).poolConfig(pool);
    if (properties.nearSize() > 0) {
      builder.cache(new NearCache(properties.nearSize()));
    }
    return builder.build();
  }

  private static JedisClientConfig clientConfig(CacheProperties properties, SslBundles sslBundles) {
    var url = properties.url().getFirst();
    var timeoutMillis = Math.toIntExact(properties.timeout().toMillis());
    var config =
        DefaultJedisClientConfig.builder()
            .protocol(RedisProtocol.RESP3)
            .connectionTimeoutMillis(timeoutMillis)
            .socketTimeoutMillis(timeoutMillis)
            .user(JedisURIHelper.getUser(url))
            .password(JedisURIHelper.getPassword(url))
            .database(JedisURIHelper.getDBIndex(url));
    if (JedisURIHelper.isRedisSSLScheme(url)) {
      // By itself Jedis takes the certificate of any host.
      var hostChecked = new SSLParameters();
      hostChecked.setEndpointIdentificationAlgorithm("HTTPS");
      config.ssl(true).sslParameters(hostChecked);
      var bundle = properties.sslBundle();
      if (bundle != null) {
        config.sslSocketFactory(sslBundles.getBundle(bundle).createSslContext().getSocketFactory());
      }
    }
    return config.build();
  }
}
