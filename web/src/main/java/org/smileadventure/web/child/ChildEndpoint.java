package org.smileadventure.web.child;

import java.math.BigDecimal;
import java.util.stream.Collectors;
import org.smileadventure.web.api.SideBySide;
import org.smileadventure.web.page.Download;
import org.smileadventure.web.page.Page;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** A child: how it goes, and each of its figures. */
@Controller
class ChildEndpoint {

  private final ChildAnswers answers;
  private final Pictures pictures;

  ChildEndpoint(ChildAnswers answers, Pictures pictures) {
    this.answers = answers;
    this.pictures = pictures;
  }

  @GetMapping("/children/{id}")
  ModelAndView story(
      Page page, @PathVariable long id, @RequestParam(defaultValue = Window.USUAL) String window) {
    try (var asked = new SideBySide()) {
      var child = asked.ask(() -> answers.child(id));
      var story = asked.ask(() -> answers.story(id, window));
      return page.show("child/story", new StoryPage(child.get(), story.get()));
    }
  }

  @GetMapping("/children/{id}/figures/{figure}")
  ModelAndView figure(
      Page page,
      @PathVariable long id,
      @PathVariable String figure,
      @RequestParam(defaultValue = Window.USUAL) String window) {
    try (var asked = new SideBySide()) {
      var child = asked.ask(() -> answers.child(id));
      var told = asked.ask(() -> answers.figure(id, figure, window));
      var picture = asked.ask(() -> pictures.svg(id, figure, window));
      return page.show("child/figure", new FigurePage(child.get(), told.get(), picture.get()));
    }
  }

  /** The points of a figure, as its page has them. */
  @GetMapping("/children/{id}/figures/{figure}.csv")
  ResponseEntity<String> points(
      @PathVariable long id,
      @PathVariable String figure,
      @RequestParam(defaultValue = Window.USUAL) String window) {
    var told = answers.figure(id, figure, window);
    var name = "%s-%s-%s.csv".formatted(told.figure(), told.window().name(), told.window().to());
    return Download.csv(
        name,
        told.rows().reversed().stream()
            .map(ChildEndpoint::row)
            .collect(Collectors.joining("", "from,to,sessions,mean_" + told.unit() + "\r\n", "")));
  }

  /** Of days without play there is no mean. */
  private static String row(Figure.Row row) {
    var point = row.point();
    return "%s,%s,%d,%s\r\n"
        .formatted(
            row.from(),
            row.to(),
            point == null ? 0 : point.n(),
            point == null ? "" : BigDecimal.valueOf(point.mean()).toPlainString());
  }
}
