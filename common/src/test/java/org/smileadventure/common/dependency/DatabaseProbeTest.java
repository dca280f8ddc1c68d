package org.smileadventure.common.dependency;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

@RealServers
class DatabaseProbeTest {
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
    return new DatabaseProbe(at(url)).answers();
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
