package org.smileadventure.web.meaning;

import java.util.List;
import org.smileadventure.web.child.Figure;
import org.smileadventure.web.page.Page;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/** What the figures mean, for everybody: also for who got a link or a printed report. */
@Controller
class MeaningEndpoint {
  private static final Meaning EXPLAINED =
      new Meaning(
          Figure.ALL,
          List.of("clear", "likely", "unclear", "too_early"),
          List.of("7d", "30d", "90d", "365d", "all"));

  @GetMapping("/meaning")
  ModelAndView meaning(Page page) {
    return page.show("meaning/meaning", EXPLAINED);
  }
}
