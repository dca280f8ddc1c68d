package org.smileadventure.web.entry;

import java.util.HashMap;
import java.util.Map;
import org.smileadventure.language.Language;
import org.smileadventure.web.api.ApiProblemException;
import org.smileadventure.web.page.Form;
import org.smileadventure.web.page.Page;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Takes down who would like an account, and has them show that the address is theirs. */
@Controller
class RegistrationEndpoint {
  private final Entrance entrance;

  RegistrationEndpoint(Entrance entrance) {
    this.entrance = entrance;
  }

  @GetMapping("/register")
  ModelAndView register(Page page, Form form) {
    var usual = new HashMap<>(Map.of("role", "parent"));
    if (page.language() == Language.ITALIAN) {
      usual.put("timezone", "Europe/Rome");
    }
    return page.show("entry/register", new RegisterPage(form.or(usual)));
  }

  @PostMapping("/register")
  ModelAndView take(Page page, Form form) {
    try {
      var role = form.value("role");
      entrance.register(
          new Entrance.Registration(
              form.typed("email"),
              form.value("password"),
              form.typed("first_name"),
              form.typed("last_name"),
              role,
              role.equals("professional") ? form.typed("license_number") : null,
              form.typed("timezone"),
              page.language().tag()));
      return new ModelAndView("redirect:/register/sent");
    } catch (ApiProblemException refused) {
      return Form.again(
          refused,
          () -> page.show("entry/register", new RegisterPage(form.refused(page, refused))));
    }
  }

  /** It looks alike whether the address is known. */
  @GetMapping("/register/sent")
  ModelAndView sent(Page page, Form form) {
    return page.show("entry/sent", new TokenPage(form, false));
  }

  @PostMapping("/register/again")
  ModelAndView sendAgain(Page page, Form form, RedirectAttributes redirect) {
    try {
      entrance.sendAgain(new Entrance.Address(form.typed("email")));
      redirect.addFlashAttribute("done", "entry.again-done");
      return new ModelAndView("redirect:/register/sent");
    } catch (ApiProblemException refused) {
      return Form.again(
          refused,
          () -> page.show("entry/sent", new TokenPage(form.refused(page, refused), false)));
    }
  }

  /** Only shows a button: programs that look at mail follow its links too. */
  @GetMapping("/verify")
  ModelAndView ask(Page page, Form form, @RequestParam(defaultValue = "") String token) {
    return page.show("entry/verify", new TokenPage(form.or(Map.of("token", token)), false));
  }

  @PostMapping("/verify")
  ModelAndView verify(Page page, Form form, RedirectAttributes redirect) {
    try {
      var verified = entrance.verify(new Entrance.Link(form.value("token")));
      redirect.addFlashAttribute(
          "done", verified.status().equals("active") ? "entry.verified" : "entry.verified-waits");
      return new ModelAndView("redirect:/login");
    } catch (ApiProblemException refused) {
      return Links.refused(page, "entry/verify", form, refused);
    }
  }
}
