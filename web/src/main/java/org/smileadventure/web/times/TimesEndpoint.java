package org.smileadventure.web.times;

import org.smileadventure.web.api.SideBySide;
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
    try (var asked = new SideBySide()) {
      var child = asked.ask(() -> answers.child(id));
      var figures = asked.ask(() -> api.figures(id, window));
      var hours = asked.ask(() -> pictures.svg(id, "hours", window));
      var weekdays = asked.ask(() -> pictures.svg(id, "weekdays", window));
      var support = asked.ask(() -> pictures.svg(id, "support", window));
      return page.show(
          "times/times",
          new TimesPage(child.get(), figures.get(), hours.get(), weekdays.get(), support.get()));
    }
  }
}
