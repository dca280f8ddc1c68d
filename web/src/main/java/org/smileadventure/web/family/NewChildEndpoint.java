package org.smileadventure.web.family;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.api.ApiProblemException;
import org.smileadventure.web.page.Form;
import org.smileadventure.web.page.Page;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A parent adds a child, with what the parent consents to. */
@Controller
class NewChildEndpoint {
  private final Families families;

  NewChildEndpoint(Families families) {
    this.families = families;
  }

  @GetMapping("/children/new")
  ModelAndView ask(Page page, Form form) {
    return page.show(
        "family/new", new NewChildPage(form.or(Map.of("timezone", families.me().timezone()))));
  }

  @PostMapping("/children/new")
  ModelAndView add(Page page, Form form, RedirectAttributes redirect) {
    try {
      var made = families.add(child(form));
      redirect.addFlashAttribute("done", "family.added");
      return new ModelAndView("redirect:/children/" + made.id());
    } catch (ApiProblemException refused) {
      var typed =
          refused.status() == 409
              ? form.saying(page.text("family.too-many"))
              : form.refused(page, refused);
      return Form.again(refused, () -> page.show("family/new", new NewChildPage(typed)));
    }
  }

  private static Map<String, @Nullable Object> child(Form form) {
    var consents = new HashMap<String, Object>();
    consents.put("text_version", NewChildPage.TEXT_VERSION);
    NewChildPage.PURPOSES.forEach(
        purpose -> consents.put(purpose, form.isTicked("consents." + purpose)));
    var child = new HashMap<String, @Nullable Object>();
    child.put("name", form.typed("name"));
    child.put("date_of_birth", form.typed("date_of_birth"));
    child.put("timezone", form.typed("timezone"));
    child.put("consents", consents);
    return child;
  }
}
