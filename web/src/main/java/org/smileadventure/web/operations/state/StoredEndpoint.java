package org.smileadventure.web.operations.state;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.operations.Part;
import org.smileadventure.web.page.Page;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/** What the database holds, and which instances run. */
@Controller
class StoredEndpoint {
  private final StateApi state;
  private final InstantSource clock;

  private final @Nullable String version;

  StoredEndpoint(StateApi state, InstantSource clock, ObjectProvider<BuildProperties> build) {
    this.state = state;
    this.clock = clock;
    this.version = version(build.getIfAvailable());
  }

  /** Nobody knows it where an IDE has built the classes. */
  private static @Nullable String version(@Nullable BuildProperties build) {
    if (build == null) {
      return null;
    }
    var commit = build.get("commit");
    return commit == null || commit.equals("unknown")
        ? build.getVersion()
        : build.getVersion() + "+" + commit;
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
        version,
        Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()),
        clock.instant(),
        null);
  }
}
