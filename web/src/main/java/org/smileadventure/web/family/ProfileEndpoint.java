package org.smileadventure.web.family;

import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.api.ApiProblemException;
import org.smileadventure.web.page.Form;
import org.smileadventure.web.page.Page;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Guardians change what they say of a child. */
@Controller
class ProfileEndpoint {
  private static final List<String> TEXTS =
      List.of(
          "name",
          "date_of_birth",
          "timezone",
          "diagnosis",
          "communication_style",
          "communication_notes",
          "behavioral_notes");

  private final Families families;

  ProfileEndpoint(Families families) {
    this.families = families;
  }

  @GetMapping("/children/{id}/family/profile")
  ModelAndView profile(@PathVariable long id, Page page, Form form) {
    return show(page, id, form);
  }

  @PostMapping("/children/{id}/family/profile")
  ModelAndView change(@PathVariable long id, Page page, Form form, RedirectAttributes redirect) {
    var patch = new HashMap<String, @Nullable Object>();
    TEXTS.forEach(field -> patch.put(field, form.typed(field)));
    var level = form.value("support_level");
    patch.put("support_level", level.matches("[0-9]") ? Integer.valueOf(level) : null);
    try {
      families.change(id, patch, form.value("version"));
    } catch (ApiProblemException refused) {
      return Form.again(refused, () -> show(page, id, form.refused(page, refused)));
    }
    redirect.addFlashAttribute("done", "account.saved");
    return new ModelAndView("redirect:/children/" + id + "/family");
  }

  private ModelAndView show(Page page, long id, Form form) {
    var answer = families.profile(id);
    var profile = Objects.requireNonNull(answer.getBody());
    return page.show(
        "family/profile",
        new ProfilePage(
            profile, String.valueOf(answer.getHeaders().getETag()), form.or(profile.values())));
  }
}
