package org.smileadventure.web.operations.people;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.api.ApiProblemException;
import org.smileadventure.web.operations.Part;
import org.smileadventure.web.page.Form;
import org.smileadventure.web.page.Page;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Accounts: who has one, and whether it may be used. */
@Controller
class PeopleEndpoint {
  /** Of the search. */
  static final List<String> FIELDS = List.of("email", "role", "status");

  private static final int PEOPLE = 50;
  private static final int CONFLICT = 409;

  private final PeopleApi api;

  PeopleEndpoint(PeopleApi api) {
    this.api = api;
  }

  /** Nobody is shown before somebody has searched, as a look is on record. */
  @GetMapping("/operations/people")
  ModelAndView people(
      Page page,
      @RequestParam Map<String, String> asked,
      @RequestParam(required = false) @Nullable String cursor) {
    var search = Form.of(asked);
    var hasSearched = FIELDS.stream().anyMatch(asked::containsKey);
    var found =
        hasSearched
            ? Part.of(
                () ->
                    api.people(
                        search.typed("email"),
                        search.typed("role"),
                        search.typed("status"),
                        PEOPLE,
                        cursor))
            : null;
    return page.show("operations/people/people", new PeoplePage(search, found, cursor == null));
  }

  @GetMapping("/operations/people/{id}")
  ModelAndView person(@PathVariable long id, Page page) {
    return show(page, id, null);
  }

  @PostMapping("/operations/people/{id}/status")
  ModelAndView decide(
      @PathVariable long id, @RequestParam String status, Page page, RedirectAttributes redirect) {
    try {
      api.decide(id, new PeopleApi.Status(status));
    } catch (ApiProblemException refused) {
      var why =
          refused.status() == CONFLICT
              ? page.text("people.not-this")
              : Form.empty().refused(page, refused).problem();
      return Form.again(refused, () -> show(page, id, why));
    }
    redirect.addFlashAttribute("done", "people.was-" + status);
    return new ModelAndView("redirect:/operations/people/" + id);
  }

  private ModelAndView show(Page page, long id, @Nullable String problem) {
    return page.show(
        "operations/people/person",
        new PersonPage(Part.ofOne(() -> api.person(id)), Form.empty(), problem));
  }
}
