package org.smileadventure.web.operations;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;

class PollingFilterTest {
  private final MockHttpSession session = new MockHttpSession();
  private Instant now = Instant.parse("2026-11-28T08:00:00Z");
  private final PollingFilter filter = new PollingFilter(() -> now);

  @Test
  void pollingEndsHalfAnHourAfterSomebodyAskedForAPage() throws Exception {
    ask("/children");
    now = now.plus(Duration.ofMinutes(30));
    assertThat(poll("/operations/jobs").getStatus()).isEqualTo(200);
    now = now.plusSeconds(1);
    var stopped = poll("/operations/jobs");
    assertThat(stopped.getStatus()).isEqualTo(286);
    assertThat(stopped.getHeader("HX-Redirect")).isEqualTo("/operations/jobs?hold=true");

    ask("/operations/jobs");
    assertThat(poll("/operations/jobs").getStatus()).isEqualTo(200);
  }

  @Test
  void onlyTheConsoleIsStopped() throws Exception {
    ask("/children");
    now = now.plus(Duration.ofHours(1));
    assertThat(poll("/children/1/erasure").getStatus()).isEqualTo(200);
  }

  private void ask(String path) throws ServletException, IOException {
    send(request(path));
  }

  private MockHttpServletResponse poll(String path) throws ServletException, IOException {
    var request = request(path);
    request.addHeader("HX-Request", "true");
    return send(request);
  }

  private MockHttpServletRequest request(String path) {
    var request = new MockHttpServletRequest("GET", path);
    request.setSession(session);
    return request;
  }

  private MockHttpServletResponse send(MockHttpServletRequest request)
      throws ServletException, IOException {
    var response = new MockHttpServletResponse();
    filter.doFilter(request, response, new MockFilterChain());
    return response;
  }
}
