package org.smileadventure.web.population;

import org.smileadventure.web.page.Page;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

@Controller
class PopulationEndpoint {
  private final PopulationApi api;

  PopulationEndpoint(PopulationApi api) {
    this.api = api;
  }

  @GetMapping("/population")
  ModelAndView population(Page page) {
    return page.show(
        "population/population",
        new PopulationPage(
            api.population(), api.treatments().treatments(), api.insights().insights()));
  }

  /** All of the page as one table, as the API makes it. */
  @GetMapping("/population/population.csv")
  ResponseEntity<byte[]> table() {
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_TYPE, "text/csv;charset=utf-8")
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename("population.csv").build().toString())
        .body(api.table());
  }
}
