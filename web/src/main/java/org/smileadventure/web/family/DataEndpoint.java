package org.smileadventure.web.family;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.smileadventure.web.api.ApiProblemException;
import org.smileadventure.web.api.PassedOn;
import org.smileadventure.web.page.Form;
import org.smileadventure.web.page.Page;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Guardians take a child's data away, have them not used, or erased. */
@Controller
class DataEndpoint {
  private final Families families;
  private final PassedOn files;

  DataEndpoint(Families families, PassedOn files) {
    this.families = families;
    this.files = files;
  }

  @GetMapping("/children/{id}/family/data")
  ModelAndView data(@PathVariable long id, Page page, Form form) {
    return show(page, id, form);
  }

  /** All that is kept, as json; as csv the sessions. */
  @GetMapping("/children/{id}/export.{format:json|csv}")
  void export(@PathVariable long id, @PathVariable String format, HttpServletResponse response)
      throws IOException {
    files.send(response, Map.of(), "/api/v1/children/{id}/export?format={format}", id, format);
  }

  @PostMapping("/children/{id}/family/restriction")
  String restrict(@PathVariable long id, Form form, RedirectAttributes redirect) {
    var restricted = form.value("restricted").equals("true");
    families.restrict(id, new Families.Restriction(restricted));
    redirect.addFlashAttribute("done", restricted ? "family.restricted" : "family.unrestricted");
    return "redirect:/children/" + id + "/family/data";
  }

  @PostMapping("/children/{id}/family/erase")
  ModelAndView erase(@PathVariable long id, Page page, Form form) {
    try {
      var begun =
          families.erase(
              id, new Families.Farewell(form.value("confirm_name"), form.typed("reason")));
      return new ModelAndView("redirect:/erasures/" + begun.erasure());
    } catch (ApiProblemException refused) {
      return Form.again(refused, () -> show(page, id, form.refused(page, refused)));
    }
  }

  private ModelAndView show(Page page, long id, Form erasing) {
    return page.show(
        "family/data",
        new DataPage(
            Objects.requireNonNull(families.profile(id).getBody()), Form.empty(), erasing));
  }
}
