package org.smileadventure.query.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.cache.AnswerCache;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import redis.clients.jedis.RedisClient;

@RealServers
class ServiceHealthEndpointTest {
  @Test
  void ofTwoServersASilentOneDoesNotHideTheOtherThatIsThePrimary() throws IOException {
    // It has the port, takes connections, and says nothing: a machine that hangs.
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var url =
          LocalStack.shared()
                  .newDatabase()
                  .replace("//", "//127.0.0.1:" + silent.getLocalPort() + ",")
              + "&targetServerType=primary";

      assertThat(databaseAnswers(url)).isTrue();
    }
  }

  @Test
  void withoutAPrimaryTheDatabaseIsAway() throws IOException {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      assertThat(
              databaseAnswers(
                  "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/smile?user=smile"))
          .isFalse();
    }
  }

  private static boolean databaseAnswers(String url) {
    var redis = LocalStack.shared().redis();
    try (var client = RedisClient.builder().hostAndPort(redis.getHost(), redis.getPort()).build()) {
      var cache = new AnswerCache(client, 0, InstantSource.system(), new SimpleMeterRegistry());
      return new ServiceHealthEndpoint(cache, at(url), InstantSource.system()).databaseAnswers();
    }
  }

  private static JdbcConnectionDetails at(String url) {
    return new JdbcConnectionDetails() {
      @Override
      public String getUsername() {
        return "postgres";
      }

      @Override
      public String getPassword() {
        return "";
      }

      @Override
      public String getJdbcUrl() {
        return url;
      }
    };
  }
}
