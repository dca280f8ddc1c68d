package org.smileadventure.web.operations.ingest;

import jakarta.servlet.http.HttpServletRequest;
import org.smileadventure.web.operations.Part;
import org.smileadventure.web.operations.Refresh;
import org.smileadventure.web.page.Page;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/** How far ingest is behind. */
@Controller
class IngestEndpoint {
  private static final int SECONDS = 10;

  private final IngestApi api;

  IngestEndpoint(IngestApi api) {
    this.api = api;
  }

  @GetMapping("/operations/ingest")
  ModelAndView backlog(Page page, HttpServletRequest request) {
    return page.show(
        "operations/ingest/ingest",
        new IngestPage(Part.of(api::partitions), Refresh.every(SECONDS, request)));
  }
}
