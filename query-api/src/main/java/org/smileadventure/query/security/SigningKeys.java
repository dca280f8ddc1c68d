package org.smileadventure.query.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.security.converter.RsaKeyConverters;

/**
 * The keys of our tokens, the newest first. That one signs; the others are published too, so that
 * what they signed is accepted until it expires.
 */
record SigningKeys(List<RSAKey> keys) {
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN PRIVATE KEY-----.*?-----END PRIVATE KEY-----", Pattern.DOTALL);

  /**
   * The keys in a text.
   *
   * @throws IllegalStateException if there is none
   */
  static SigningKeys of(String text) {
    var keys = new ArrayList<RSAKey>();
    var pem = PEM.matcher(text);
    while (pem.find()) {
      keys.add(key(pem.group()));
    }
    if (keys.isEmpty()) {
      throw new IllegalStateException(
          "smile.token.private-key is missing: expected RSA keys, PKCS#8 in PEM, the newest first,"
              + " in SMILE_TOKEN_PRIVATE_KEY");
    }
    return new SigningKeys(List.copyOf(keys));
  }

  RSAKey newest() {
    return keys.getFirst();
  }

  /** What the others check tokens with. */
  JWKSet published() {
    return new JWKSet(keys.stream().map(RSAKey::toPublicJWK).map(JWK.class::cast).toList());
  }

  private static RSAKey key(String pem) {
    try {
      var privateKey =
          (RSAPrivateCrtKey)
              RsaKeyConverters.pkcs8()
                  .convert(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
      var publicKey =
          (RSAPublicKey)
              KeyFactory.getInstance("RSA")
                  .generatePublic(
                      new RSAPublicKeySpec(
                          privateKey.getModulus(), privateKey.getPublicExponent()));
      return new RSAKey.Builder(publicKey).privateKey(privateKey).keyIDFromThumbprint().build();
    } catch (GeneralSecurityException | JOSEException e) {
      throw new IllegalStateException("a key of smile.token.private-key cannot be read", e);
    }
  }
}
