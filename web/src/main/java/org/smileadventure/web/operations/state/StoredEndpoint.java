package org.smileadventure.web.operations.state;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.InstantSource;
import org.smileadventure.web.WebPages;
import org.smileadventure.web.operations.Part;
import org.smileadventure.web.page.Page;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/** What the database holds, and which instances run. */
@Controller
class StoredEndpoint {
  private final StateApi state;
  private final InstantSource clock;

  StoredEndpoint(StateApi state, InstantSource clock) {
    this.state = state;
    this.clock = clock;
  }

  @GetMapping("/operations/data")
  ModelAndView data(Page page) {
    return page.show("operations/state/data", new DataPage(Part.of(state::data)));
  }

  @GetMapping("/operations/instances")
  ModelAndView instances(Page page) {
    return page.show(
        "operations/state/instances", new InstancesPage(Part.of(state::instances), own()));
  }

  private Instance own() {
    return new Instance(
        "web",
        String.valueOf(ProcessHandle.current().pid()),
        WebPages.class.getPackage().getImplementationVersion(),
        Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()),
        clock.instant(),
        null);
  }
}
