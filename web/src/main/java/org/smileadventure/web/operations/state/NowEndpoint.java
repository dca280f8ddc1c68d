package org.smileadventure.web.operations.state;

import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import org.smileadventure.web.api.SideBySide;
import org.smileadventure.web.operations.Part;
import org.smileadventure.web.operations.Refresh;
import org.smileadventure.web.operations.ingest.IngestApi;
import org.smileadventure.web.operations.jobs.JobsApi;
import org.smileadventure.web.page.Page;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/** The first page of the console: whether the promises are kept, and what to look at next. */
@Controller
class NowEndpoint {
  private static final int SECONDS = 10;

  private final StateApi state;
  private final IngestApi ingest;
  private final JobsApi jobs;
  private final InstantSource clock;

  NowEndpoint(StateApi state, IngestApi ingest, JobsApi jobs, InstantSource clock) {
    this.state = state;
    this.ingest = ingest;
    this.jobs = jobs;
    this.clock = clock;
  }

  @GetMapping("/operations")
  ModelAndView now(Page page, HttpServletRequest request) {
    try (var asked = new SideBySide()) {
      var promises = asked.ask(() -> state.promises());
      var backlog = asked.ask(() -> ingest.partitions());
      var all = asked.ask(() -> jobs.jobs());
      return page.show(
          "operations/state/now",
          new NowPage(
              Part.of(promises),
              Part.of(backlog),
              Part.of(all),
              clock.instant(),
              Refresh.every(SECONDS, request)));
    }
  }
}
