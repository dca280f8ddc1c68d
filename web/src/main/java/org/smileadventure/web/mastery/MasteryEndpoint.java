package org.smileadventure.web.mastery;

import org.smileadventure.web.child.ChildAnswers;
import org.smileadventure.web.page.CsvTable;
import org.smileadventure.web.page.Download;
import org.smileadventure.web.page.Page;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

@Controller
class MasteryEndpoint {
  private final MasteryApi api;
  private final ChildAnswers answers;

  MasteryEndpoint(MasteryApi api, ChildAnswers answers) {
    this.api = api;
    this.answers = answers;
  }

  @GetMapping("/children/{id}/next")
  ModelAndView next(@PathVariable long id, Page page) {
    return page.show("mastery/mastery", new MasteryPage(answers.child(id), api.mastery(id)));
  }

  /** The course of all scenarios, attempt by attempt. */
  @GetMapping("/children/{id}/next.csv")
  ResponseEntity<String> table(@PathVariable long id) {
    var mastery = api.mastery(id);
    return Download.csv(
        "mastery-%s.csv".formatted(mastery.day()),
        CsvTable.of(
            csv -> {
              csv.printRecord("scenario", "attempt", "day", "correct", "probability");
              for (var scenario : mastery.scenarios()) {
                for (var point : scenario.course()) {
                  csv.printRecord(
                      CsvTable.name(scenario.scenario()),
                      point.attempt(),
                      point.day(),
                      point.correct(),
                      point.probability());
                }
              }
            }));
  }
}
