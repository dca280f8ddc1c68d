package org.smileadventure.common.security;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The keys that an issuer publishes. They are fetched anew every five minutes, before requests
 * would have to wait for it, and when a token comes with a key that is not among them: for that
 * twice in half a minute at most, whoever sends how many such tokens. While the issuer is away, the
 * last ones are kept.
 */
final class RemoteKeys implements JWKSource<SecurityContext> {
  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final Duration AHEAD = Duration.ofSeconds(30);
  private static final Duration ANSWER = Duration.ofSeconds(2);
  private static final Duration UNKNOWN_KEYS = Duration.ofSeconds(30);
  private static final int LARGEST = 256 * 1024;

  private final JWKSource<SecurityContext> keys;
  private volatile boolean known;

  RemoteKeys(URI url) {
    var answerMs = Math.toIntExact(ANSWER.toMillis());
    try {
      keys =
          JWKSourceBuilder.create(
                  url.toURL(), new DefaultResourceRetriever(answerMs, answerMs, LARGEST))
              .cache(FRESH.toMillis(), 3 * ANSWER.toMillis())
              .refreshAheadCache(
                  AHEAD.toMillis(),
                  null,
                  Executors.newSingleThreadExecutor(
                      Thread.ofPlatform().daemon().name("issuer-keys").factory()),
                  true,
                  null,
                  false)
              .rateLimited(UNKNOWN_KEYS.toMillis())
              .retrying(true)
              .outageTolerantForever()
              .build();
    } catch (MalformedURLException | IllegalArgumentException e) {
      throw new IllegalArgumentException("this is no URL of an issuer's keys: " + url, e);
    }
  }

  /**
   * The keys that match; none, where the issuer is not asked again so soon.
   *
   * @throws KeySourceException if the issuer has never told its keys
   */
  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
      throws KeySourceException {
    try {
      var found = keys.get(selector, context);
      known = true;
      return found;
    } catch (KeySourceException e) {
      if (known) {
        return List.of();
      }
      throw e;
    }
  }
}
