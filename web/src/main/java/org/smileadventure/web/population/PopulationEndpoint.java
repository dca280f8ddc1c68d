package org.smileadventure.web.population;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.smileadventure.web.api.PassedOn;
import org.smileadventure.web.api.SideBySide;
import org.smileadventure.web.page.Page;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

@Controller
class PopulationEndpoint {
  private final PopulationApi api;
  private final PassedOn files;

  PopulationEndpoint(PopulationApi api, PassedOn files) {
    this.api = api;
    this.files = files;
  }

  @GetMapping("/population")
  ModelAndView population(Page page) {
    try (var asked = new SideBySide()) {
      var population = asked.ask(() -> api.population());
      var treatments = asked.ask(() -> api.treatments());
      var insights = asked.ask(() -> api.insights());
      return page.show(
          "population/population",
          new PopulationPage(
              population.get(), treatments.get().treatments(), insights.get().insights()));
    }
  }

  /** All of the page as one table, as the API makes it. */
  @GetMapping("/population/population.csv")
  void table(HttpServletResponse response) throws IOException {
    files.send(response, Map.of(), "/api/v1/population/export?format=csv");
  }
}
