package org.smileadventure.web.feelings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.child.Pictures;
import org.smileadventure.web.page.Page;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

@Controller
class FeelingsEndpoint {
  private static final MediaType CSV = new MediaType("text", "csv", UTF_8);

  private final FeelingsApi api;
  private final Pictures pictures;

  FeelingsEndpoint(FeelingsApi api, Pictures pictures) {
    this.api = api;
    this.pictures = pictures;
  }

  @GetMapping("/children/{id}/feelings")
  ModelAndView feelings(
      @PathVariable long id, @RequestParam(defaultValue = "30d") String window, Page page) {
    var figures = api.figures(id, window);
    return page.show(
        "feelings/feelings",
        new FeelingsPage(
            api.child(id),
            figures,
            api.story(id, window),
            picture(id, "emotions", window, figures.emotions().states().keySet()),
            picture(id, "triggers", window, figures.triggers().items()),
            picture(id, "strategies", window, figures.strategies().items())));
  }

  @GetMapping("/children/{id}/feelings.csv")
  ResponseEntity<String> table(
      @PathVariable long id, @RequestParam(defaultValue = "30d") String window) {
    var figures = api.figures(id, window);
    var name = "feelings-%s-%s.csv".formatted(figures.window().name(), figures.window().to());
    return ResponseEntity.ok()
        .contentType(CSV)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(name).build().toString())
        .body(FeelingsTable.of(figures));
  }

  private @Nullable String picture(long id, String picture, String window, Collection<?> drawn) {
    return drawn.isEmpty() ? null : pictures.svg(id, picture, window);
  }
}
