package org.smileadventure.common.cache;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * Where the cache is and how it is used.
 *
 * @param url {@code redis://host:port} or, for TLS, {@code rediss://host:port}, with credentials if
 *     there are any. Several are nodes of one Redis Cluster, of which at least one has to answer;
 *     they share scheme and credentials. (A cluster that is known under one address: that address
 *     twice.)
 * @param timeout for connecting and for each answer of Redis: past it, the cache counts as away
 * @param jitter the share by which a time to live is made shorter or longer at random, so that what
 *     was stored together does not expire together
 * @param nearSize how many answers each instance keeps in its own memory, see {@link NearCache}; 0
 *     for none
 * @param sslBundle Spring Boot's SSL bundle with the certificates to trust, or to present; the
 *     JVM's own without it
 */
@Validated
@ConfigurationProperties("smile.cache")
public record CacheProperties(
    @NotEmpty List<URI> url,
    @DefaultValue("500ms") Duration timeout,
    @DefaultValue("0.1") @DecimalMin("0") @DecimalMax("0.5") double jitter,
    @DefaultValue("0") @Min(0) int nearSize,
    @Nullable String sslBundle) {

  public CacheProperties {
    url = List.copyOf(url);
    for (var node : url) {
      require(
          JedisURIHelper.isValid(node)
              && (JedisURIHelper.isRedisScheme(node) || JedisURIHelper.isRedisSSLScheme(node)),
          "each must be redis://host:port or rediss://host:port");
      require(
          node.getScheme().equals(url.getFirst().getScheme())
              && Objects.equals(node.getUserInfo(), url.getFirst().getUserInfo()),
          "the nodes of a cluster must have the same scheme and credentials");
      require(
          url.size() == 1 || !JedisURIHelper.hasDbIndex(node),
          "a cluster has no numbered databases; leave the path out");
      // Java tells of waiting bytes only once they are decrypted, so Jedis would not see the
      // invalidations that wait on a TLS connection.
      require(
          nearSize == 0 || JedisURIHelper.isRedisScheme(node),
          "smile.cache.near-size needs redis://; it does not work with rediss://");
    }
  }

  boolean isCluster() {
    return url.size() > 1;
  }

  // Without the value: there may be a password in it.
  private static void require(boolean condition, String expected) {
    if (!condition) {
      throw new IllegalArgumentException("smile.cache.url: " + expected);
    }
  }
}
