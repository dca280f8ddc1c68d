package org.smileadventure.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** An admin's token, and the key to check it with where a service asks for it. */
final class AdminToken implements AutoCloseable {
  private static final Duration LIFE = Duration.ofHours(12);
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final KeyPair key;
  private final HttpServer keys;

  AdminToken() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      key = generator.generateKeyPair();
      keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    keys.createContext(
        "/jwks",
        exchange -> {
          var body = publicKey().getBytes(UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    keys.start();
  }

  String jwksUrl() {
    return "http://127.0.0.1:" + keys.getAddress().getPort() + "/jwks";
  }

  String sign() {
    var now = Instant.now();
    var claims =
        """
        {"iss":"smile-analytics","aud":"smile-analytics","sub":"1","role":"admin","iat":%d,"exp":%d}"""
            .formatted(now.getEpochSecond(), now.plus(LIFE).getEpochSecond());
    var signed =
        base64("{\"alg\":\"RS256\",\"kid\":\"bench\"}".getBytes(UTF_8))
            + "."
            + base64(claims.getBytes(UTF_8));
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key.getPrivate());
      signature.update(signed.getBytes(UTF_8));
      return signed + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private String publicKey() {
    var rsa = (RSAPublicKey) key.getPublic();
    return """
        {"keys":[{"kty":"RSA","use":"sig","alg":"RS256","kid":"bench","n":"%s","e":"%s"}]}"""
        .formatted(number(rsa.getModulus()), number(rsa.getPublicExponent()));
  }

  private static String number(BigInteger value) {
    var bytes = value.toByteArray();
    var sign = bytes[0] == 0 ? 1 : 0;
    return base64(Arrays.copyOfRange(bytes, sign, bytes.length));
  }

  private static String base64(byte[] bytes) {
    return BASE64.encodeToString(bytes);
  }

  @Override
  public void close() {
    keys.stop(0);
  }
}
