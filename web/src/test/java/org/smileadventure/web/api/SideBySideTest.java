package org.smileadventure.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

class SideBySideTest {
  @AfterEach
  void forgetTheViewer() {
    SecurityContextHolder.clearContext();
  }

  @Test
  void questionsAreAskedAtTheSameTime() {
    var both = new CyclicBarrier(2);
    try (var asked = new SideBySide()) {
      var one = asked.ask(() -> met(both));
      var other = asked.ask(() -> met(both));
      assertThat(one.get() && other.get()).isTrue();
    }
  }

  private static boolean met(CyclicBarrier both) {
    try {
      both.await(10, TimeUnit.SECONDS);
      return true;
    } catch (BrokenBarrierException | TimeoutException | InterruptedException _) {
      return false;
    }
  }

  @Test
  void eachIsAskedForTheViewerOfThePage() {
    var viewer = new TestingAuthenticationToken("anna", "");
    SecurityContextHolder.getContext().setAuthentication(viewer);
    try (var asked = new SideBySide()) {
      var known = asked.ask(() -> SecurityContextHolder.getContext().getAuthentication());
      assertThat(known.get()).isSameAs(viewer);
    }
  }

  @Test
  void refusalIsThrownAsItCame() {
    try (var asked = new SideBySide()) {
      var answer =
          asked.<String>ask(
              () -> {
                throw new LoginEndedException();
              });
      assertThatThrownBy(answer::get).isInstanceOf(LoginEndedException.class);
    }
  }

  @Test
  void nothingIsAskedAnyMoreOnceItIsClosed() {
    var done = new AtomicBoolean();
    try (var asked = new SideBySide()) {
      var _ = asked.ask(() -> done.getAndSet(true));
    }
    assertThat(done).isTrue();
  }
}
