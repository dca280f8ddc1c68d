package org.smileadventure.web.times;

import org.smileadventure.web.child.ChildAnswers;
import org.smileadventure.web.child.Pictures;
import org.smileadventure.web.child.Window;
import org.smileadventure.web.page.Page;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

@Controller
class TimesEndpoint {
  private final TimesApi api;
  private final ChildAnswers answers;
  private final Pictures pictures;

  TimesEndpoint(TimesApi api, ChildAnswers answers, Pictures pictures) {
    this.api = api;
    this.answers = answers;
    this.pictures = pictures;
  }

  @GetMapping("/children/{id}/times")
  ModelAndView times(
      @PathVariable long id, @RequestParam(defaultValue = Window.USUAL) String window, Page page) {
    return page.show(
        "times/times",
        new TimesPage(
            answers.child(id),
            api.figures(id, window),
            pictures.svg(id, "hours", window),
            pictures.svg(id, "weekdays", window),
            pictures.svg(id, "support", window)));
  }
}
