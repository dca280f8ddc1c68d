package org.smileadventure.common.cache;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.smileadventure.common.cache.CacheFixture.notComputing;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smileadventure.common.cache.AnswerCache.Source;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.localstack.RedisServer;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/** A real server that speaks TLS, with a certificate signed by itself. */
@RealServers
class RedisTlsTest {
  private static final char[] PASSWORD = "unused-but-needed".toCharArray();
  private static final Duration HANDSHAKE = Duration.ofSeconds(5); // slow, the first time

  @TempDir Path home;

  @Test
  void answersTravelEncrypted() throws Exception {
    try (var server = new TlsServer("ip:127.0.0.1");
        var fixture = server.fixture("redis")) {
      fixture.read(fixture.computing("secret"));
      assertThat(fixture.read(notComputing()).answer()).hasToString("secret");
      fixture.cache.invalidate(List.of(fixture.child));
      assertThat(fixture.read(fixture.computing("new")).source()).isEqualTo(Source.MISS);
      assertThat(fixture.cache.isUp()).isTrue();
    }
  }

  @Test
  void serverWithTheCertificateOfAnotherHostIsNotTalkedTo() throws Exception {
    try (var server = new TlsServer("dns:other.example.org");
        var fixture = server.fixture("redis")) {
      assertThat(fixture.cache.isUp()).isFalse();
      assertThat(fixture.read(fixture.computing("own")).source()).isEqualTo(Source.AWAY);
    }
  }

  @Test
  void serverWithACertificateThatNobodyVouchesForIsNotTalkedTo() throws Exception {
    try (var server = new TlsServer("ip:127.0.0.1");
        var fixture = server.fixture(null)) {
      assertThat(fixture.cache.isUp()).isFalse();
      assertThat(fixture.read(fixture.computing("own")).source()).isEqualTo(Source.AWAY);
    }
  }

  private final class TlsServer implements AutoCloseable {
    private final String certificate;
    private final RedisServer redis;
    private final int port;

    TlsServer(String subject) throws Exception {
      var store = home.resolve("store.p12");
      keytool(store, subject);
      var keys = KeyStore.getInstance(store.toFile(), PASSWORD);
      certificate = pem("CERTIFICATE", keys.getCertificate("redis").getEncoded());
      var key = pem("PRIVATE KEY", keys.getKey("redis", PASSWORD).getEncoded());
      try (var socket = new ServerSocket(0)) {
        port = socket.getLocalPort();
      }
      redis =
          new RedisServer(
              home.resolve("redis"),
              LocalStack.SHARED_BINARIES,
              0,
              "--tls-port",
              Integer.toString(port),
              "--tls-cert-file",
              Files.writeString(home.resolve("redis.crt"), certificate).toString(),
              "--tls-key-file",
              Files.writeString(home.resolve("redis.key"), key).toString(),
              "--tls-auth-clients",
              "no");
      redis.start();
    }

    CacheFixture fixture(@Nullable String bundle) {
      var trusted = PemSslStoreDetails.forCertificate(certificate);
      var bundles =
          new DefaultSslBundleRegistry("redis", SslBundle.of(new PemSslStoreBundle(null, trusted)));
      var url = URI.create("rediss://127.0.0.1:" + port);
      return new CacheFixture(new CacheProperties(List.of(url), HANDSHAKE, 0, 0, bundle), bundles);
    }

    @Override
    public void close() {
      redis.close();
    }
  }

  private static void keytool(Path store, String subject) throws IOException, InterruptedException {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "redis",
            "-keyalg",
            "RSA",
            "-keysize",
            "2048",
            "-dname",
            "CN=redis",
            "-ext",
            "san=" + subject,
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            new String(PASSWORD));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), US_ASCII);
    assertThat(process.waitFor()).as(output).isZero();
  }

  private static String pem(String what, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(
            what, Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der), what);
  }
}
