package org.smileadventure.web.entry;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.api.ApiProblemException;
import org.smileadventure.web.page.Form;
import org.smileadventure.web.page.Page;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** For who forgot the password: a mail with a link, and another password with that. */
@Controller
class PasswordEndpoint {
  private final Entrance entrance;

  PasswordEndpoint(Entrance entrance) {
    this.entrance = entrance;
  }

  @GetMapping("/password")
  ModelAndView password(Page page, Form form, @RequestParam @Nullable String token) {
    return token == null
        ? page.show("entry/forgotten", new TokenPage(form, false))
        : page.show("entry/password", new TokenPage(form.or(Map.of("token", token)), false));
  }

  @PostMapping("/password")
  ModelAndView mail(Page page, Form form, RedirectAttributes redirect) {
    try {
      entrance.forgotten(new Entrance.Address(form.typed("email")));
      redirect.addFlashAttribute("done", "entry.forgotten-done");
      return new ModelAndView("redirect:/password");
    } catch (ApiProblemException refused) {
      return Form.again(
          refused,
          () -> page.show("entry/forgotten", new TokenPage(form.refused(page, refused), false)));
    }
  }

  @PostMapping("/password/new")
  ModelAndView choose(Page page, Form form, RedirectAttributes redirect) {
    try {
      entrance.choose(new Entrance.NewPassword(form.value("token"), form.value("new_password")));
      redirect.addFlashAttribute("done", "entry.password-done");
      return new ModelAndView("redirect:/login");
    } catch (ApiProblemException refused) {
      return Links.refused(page, "entry/password", form, refused);
    }
  }
}
