package org.smileadventure.web.account;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.api.ApiProblemException;
import org.smileadventure.web.page.Form;
import org.smileadventure.web.page.Page;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The own account: put right, with another password, and closed. */
@Controller
class AccountEndpoint {
  private static final List<String> OF_ALL =
      List.of("first_name", "last_name", "phone", "timezone", "bio");
  private static final List<String> OF_PROFESSIONALS =
      List.of("specialization", "clinic_name", "clinic_address");

  private final OwnAccount account;

  AccountEndpoint(OwnAccount account) {
    this.account = account;
  }

  @GetMapping("/account")
  ModelAndView account(Page page, Form form) {
    return show(page, form, Form.empty(), Form.empty());
  }

  @PostMapping("/account/profile")
  ModelAndView change(Page page, Form form, RedirectAttributes redirect) {
    var patch = new HashMap<String, @Nullable Object>();
    OF_ALL.forEach(field -> patch.put(field, form.typed(field)));
    OF_PROFESSIONALS.stream()
        .filter(field -> form.isTicked(field))
        .forEach(field -> patch.put(field, form.typed(field)));
    try {
      account.change(patch, form.value("version"));
    } catch (ApiProblemException refused) {
      return Form.again(
          refused, () -> show(page, form.refused(page, refused), Form.empty(), Form.empty()));
    }
    redirect.addFlashAttribute("done", "account.saved");
    return new ModelAndView("redirect:/account");
  }

  @PostMapping("/account/password")
  ModelAndView password(Page page, Form form, RedirectAttributes redirect) {
    try {
      account.choose(
          new OwnAccount.NewPassword(form.value("old_password"), form.value("new_password")));
    } catch (ApiProblemException refused) {
      return Form.again(
          refused, () -> show(page, Form.empty(), form.refused(page, refused), Form.empty()));
    }
    redirect.addFlashAttribute("done", "account.password-done");
    return new ModelAndView("redirect:/account");
  }

  @PostMapping("/account/close")
  ModelAndView close(Page page, Form form, HttpServletRequest request, RedirectAttributes redirect)
      throws ServletException {
    try {
      account.close(new OwnAccount.Farewell(form.value("password")));
    } catch (ApiProblemException refused) {
      var why =
          switch (refused.status()) {
            case 409 -> "account.close-children";
            case 429 -> "problem.429";
            default -> "problem.old_password";
          };
      return Form.again(
          refused, () -> show(page, Form.empty(), Form.empty(), form.saying(page.text(why))));
    }
    request.logout();
    redirect.addFlashAttribute("done", "account.closed");
    return new ModelAndView("redirect:/login");
  }

  private ModelAndView show(Page page, Form profile, Form password, Form closing) {
    var answer = account.me();
    var me = Objects.requireNonNull(answer.getBody());
    return page.show(
        "account/account",
        new AccountPage(
            me,
            String.valueOf(answer.getHeaders().getETag()),
            profile.or(me.values()),
            password,
            closing));
  }
}
