package org.smileadventure.web.entry;

import java.util.Map;
import org.smileadventure.web.api.ApiProblemException;
import org.smileadventure.web.page.Form;
import org.smileadventure.web.page.Page;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** For who is asked to look after a child. */
@Controller
class InvitationEndpoint {
  private final Entrance entrance;

  InvitationEndpoint(Entrance entrance) {
    this.entrance = entrance;
  }

  @GetMapping("/invitation")
  ModelAndView ask(Page page, Form form, @RequestParam(defaultValue = "") String token) {
    return page.show("entry/invitation", new TokenPage(form.or(Map.of("token", token)), false));
  }

  /** Asks for the login, unlike the page itself, and leads back to it. */
  @GetMapping("/invitation/accept")
  String logIn(@RequestParam String token, RedirectAttributes redirect) {
    redirect.addAttribute("token", token);
    return "redirect:/invitation";
  }

  @PostMapping("/invitation/accept")
  ModelAndView accept(Page page, Form form, RedirectAttributes redirect) {
    try {
      var accepted = entrance.accept(new Entrance.Link(form.value("token")));
      redirect.addFlashAttribute("done", "entry.invitation-done");
      return new ModelAndView("redirect:/children/" + accepted.childId());
    } catch (ApiProblemException refused) {
      if (refused.status() == 403) {
        var shown =
            page.show(
                "entry/invitation",
                new TokenPage(form.saying(page.text("entry.invitation-other")), false));
        shown.setStatus(HttpStatus.FORBIDDEN);
        return shown;
      }
      return Links.refused(page, "entry/invitation", form, refused);
    }
  }
}
