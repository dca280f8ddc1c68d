package org.smileadventure.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;

@RealServers
@Tag("slow")
class SharedStackTest {
  @TempDir Path target;

  @Test
  void dockerWithoutAnEngineIsOneClearError() {
    assumeFalse(DockerClientFactory.instance().isDockerAvailable());
    assertThatThrownBy(() -> SharedStack.open("docker"))
        .isInstanceOf(StackException.class)
        .hasMessage(
            "smile.stack is 'docker', but no Docker engine answers; start one or use 'embedded'");
  }

  @Test
  void unknownKindIsOneClearError() {
    assertThatThrownBy(() -> SharedStack.open("podman"))
        .isInstanceOf(StackException.class)
        .hasMessage("smile.stack is 'podman'; use 'embedded' or 'docker'");
  }

  @Test
  void sweepRemovesDirectoriesOfDeadJvmsOnly() throws IOException, InterruptedException {
    var dead = Files.createDirectories(target.resolve("local-stack-" + pidOfADeadProcess()));
    Files.writeString(dead.resolve("file"), "left over");
    var live = target.resolve("local-stack-" + ProcessHandle.current().pid());
    Files.createDirectories(live);
    var jar = Files.createFile(target.resolve("local-stack-1.0.0.jar"));

    SharedStack.sweep(target);

    assertThat(dead).doesNotExist();
    assertThat(live).exists();
    assertThat(jar).exists();
  }

  @Test
  void sweepEndsTheServersOfAKilledJvm() throws IOException, InterruptedException {
    var owner = Owners.start(RedisOwner.class, target);
    var directory = target.resolve("local-stack-" + owner.pid());
    owner.destroyForcibly().waitFor();
    assertThat(Owners.serversIn(directory)).hasSize(1);

    SharedStack.sweep(target);

    assertThat(Owners.serversIn(directory)).isEmpty();
    assertThat(directory).doesNotExist();
  }

  @Test
  void terminatedJvmTakesItsServersAlong() throws IOException, InterruptedException {
    var owner = Owners.start(RedisOwner.class, target);
    owner.destroy();
    owner.waitFor();
    assertThat(Owners.serversIn(target.resolve("local-stack-" + owner.pid()))).isEmpty();
  }

  @Test
  void jvmThatIsTerminatedWhileAServerStartsDoesNotWaitForIt()
      throws IOException, InterruptedException {
    var owner = Owners.start(SilentServerOwner.class, target);
    var directory = target.resolve("silent");
    await().until(() -> !Owners.serversIn(directory).isEmpty());
    owner.destroy();
    assertThat(owner.waitFor(10, TimeUnit.SECONDS)).as("it would answer within 20").isTrue();
    assertThat(Owners.serversIn(directory)).isEmpty();
  }

  private static long pidOfADeadProcess() throws IOException, InterruptedException {
    var process = new ProcessBuilder("true").start();
    process.waitFor();
    return process.pid();
  }
}
