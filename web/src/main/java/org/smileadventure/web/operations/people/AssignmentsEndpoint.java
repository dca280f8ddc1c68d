package org.smileadventure.web.operations.people;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.api.ApiProblemException;
import org.smileadventure.web.operations.Part;
import org.smileadventure.web.operations.Typed;
import org.smileadventure.web.page.Form;
import org.smileadventure.web.page.Page;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Which professional may see which child: listed, made and ended. */
@Controller
class AssignmentsEndpoint {
  private static final List<String> FIELDS = List.of("child_id", "professional_id");
  private static final String UNTIL = "until";
  private static final int ASSIGNMENTS = 50;

  private final PeopleApi api;

  AssignmentsEndpoint(PeopleApi api) {
    this.api = api;
  }

  /** None is shown before somebody has searched, as a look is on record. */
  @GetMapping("/operations/assignments")
  ModelAndView assignments(
      Page page,
      @RequestParam Map<String, String> asked,
      @RequestParam(required = false) @Nullable String cursor) {
    var search = searched(page, asked);
    return show(page, search, FIELDS.stream().anyMatch(asked::containsKey), cursor, usual());
  }

  private static Form searched(Page page, Map<String, String> asked) {
    var search = Form.of(asked);
    for (var field : FIELDS) {
      if (search.typed(field) != null && Typed.number(search, field).isEmpty()) {
        search = search.wrong(page, field, page.text("problem." + field));
      }
    }
    return search;
  }

  /** What is not unticked is allowed. */
  private static Form usual() {
    return Form.of(Map.of("export", "on", "notes", "on"));
  }

  @PostMapping("/operations/assignments")
  ModelAndView make(Page page, Form form, RedirectAttributes redirect) {
    var checked = checked(page, form);
    if (!checked.errors().isEmpty()) {
      return Form.again(show(page, Form.empty(), false, null, checked));
    }
    try {
      var made =
          api.assign(
              new PeopleApi.NewAssignment(
                  Typed.number(form, "child_id").orElseThrow(),
                  Typed.number(form, "professional_id").orElseThrow(),
                  form.value("assignment_type"),
                  Typed.time(form.typed(UNTIL)).orElse(null),
                  Map.of("export", form.isTicked("export"), "notes", form.isTicked("notes"))));
      redirect.addFlashAttribute("done", "people.was-assigned");
      return new ModelAndView("redirect:/operations/assignments?child_id=" + made.childId());
    } catch (ApiProblemException refused) {
      var again = form.refused(page, refused);
      return Form.again(
          refused,
          () ->
              show(
                  page,
                  Form.empty(),
                  false,
                  null,
                  again.error(UNTIL) == null
                      ? again
                      : again.wrong(page, UNTIL, page.text("people.until-wrong"))));
    }
  }

  private static Form checked(Page page, Form form) {
    var checked = form;
    for (var field : FIELDS) {
      if (Typed.number(form, field).isEmpty()) {
        checked = checked.wrong(page, field, page.text("problem." + field));
      }
    }
    if (form.typed(UNTIL) != null && Typed.time(form.typed(UNTIL)).isEmpty()) {
      checked = checked.wrong(page, UNTIL, page.text("people.until-wrong"));
    }
    return checked;
  }

  @PostMapping("/operations/assignments/{id}/end")
  String end(@PathVariable long id, Form form, RedirectAttributes redirect) {
    api.end(id);
    redirect.addFlashAttribute("done", "people.has-ended");
    var child = Typed.number(form, "child_id");
    return "redirect:/operations/assignments"
        + child.map(number -> "?child_id=" + number).orElse("");
  }

  private ModelAndView show(
      Page page, Form search, boolean hasSearched, @Nullable String cursor, Form making) {
    var numbers = new HashMap<String, @Nullable Long>();
    FIELDS.forEach(field -> numbers.put(field, Typed.number(search, field).orElse(null)));
    var found =
        hasSearched && search.errors().isEmpty()
            ? Part.of(
                () ->
                    api.assignments(
                        numbers.get("child_id"),
                        numbers.get("professional_id"),
                        ASSIGNMENTS,
                        cursor))
            : null;
    return page.show(
        "operations/people/assignments",
        new AssignmentsPage(search, found, cursor == null, making, Form.empty()));
  }
}
