package org.smileadventure.web.feelings;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.api.SideBySide;
import org.smileadventure.web.child.ChildAnswers;
import org.smileadventure.web.child.Pictures;
import org.smileadventure.web.child.Window;
import org.smileadventure.web.page.Download;
import org.smileadventure.web.page.Page;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

@Controller
class FeelingsEndpoint {
  private final FeelingsApi api;
  private final ChildAnswers answers;
  private final Pictures pictures;

  FeelingsEndpoint(FeelingsApi api, ChildAnswers answers, Pictures pictures) {
    this.api = api;
    this.answers = answers;
    this.pictures = pictures;
  }

  @GetMapping("/children/{id}/feelings")
  ModelAndView feelings(
      @PathVariable long id, @RequestParam(defaultValue = Window.USUAL) String window, Page page) {
    try (var asked = new SideBySide()) {
      var child = asked.ask(() -> answers.child(id));
      var story = asked.ask(() -> answers.story(id, window));
      var figures = api.figures(id, window);
      var emotions =
          asked.ask(() -> picture(id, "emotions", window, figures.emotions().states().keySet()));
      var triggers = asked.ask(() -> picture(id, "triggers", window, figures.triggers().items()));
      var strategies = picture(id, "strategies", window, figures.strategies().items());
      return page.show(
          "feelings/feelings",
          new FeelingsPage(
              child.get(), figures, story.get(), emotions.get(), triggers.get(), strategies));
    }
  }

  @GetMapping("/children/{id}/feelings.csv")
  ResponseEntity<String> table(
      @PathVariable long id, @RequestParam(defaultValue = Window.USUAL) String window) {
    var figures = api.figures(id, window);
    var name = "feelings-%s-%s.csv".formatted(figures.window().name(), figures.window().to());
    return Download.csv(name, FeelingsTable.of(figures));
  }

  private @Nullable String picture(long id, String picture, String window, Collection<?> drawn) {
    return drawn.isEmpty() ? null : pictures.svg(id, picture, window);
  }
}
