package org.smileadventure.web.account;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.api.ApiProblemException;
import org.smileadventure.web.api.SideBySide;
import org.smileadventure.web.page.Form;
import org.smileadventure.web.page.Page;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Gives devices their tokens, and takes them back. */
@Controller
class DevicesEndpoint {
  private static final String CHILD = "child-";

  private final OwnAccount account;

  DevicesEndpoint(OwnAccount account) {
    this.account = account;
  }

  @GetMapping("/account/devices")
  ModelAndView devices(Page page, Form form, Model flashed) {
    var made = flashed.getAttribute("token");
    return show(page, form, made == null ? null : made.toString());
  }

  @PostMapping("/account/devices")
  ModelAndView make(Page page, Form form, RedirectAttributes redirect) {
    var children =
        form.values().keySet().stream()
            .filter(name -> name.matches(CHILD + "[0-9]{1,18}"))
            .map(name -> Long.valueOf(name.substring(CHILD.length())))
            .sorted()
            .toList();
    if (children.isEmpty()) {
      return Form.again(show(page, form.saying(page.text("account.device-children-none")), null));
    }
    try {
      var token = account.token(new OwnAccount.NewDevice(form.typed("name"), children));
      redirect.addFlashAttribute("token", token.accessToken());
      return new ModelAndView("redirect:/account/devices");
    } catch (ApiProblemException refused) {
      return Form.again(refused, () -> show(page, form.refused(page, refused), null));
    }
  }

  @PostMapping("/account/devices/{id}/revoke")
  String revoke(@PathVariable String id, RedirectAttributes redirect) {
    account.revoke(id);
    redirect.addFlashAttribute("done", "account.device-revoked");
    return "redirect:/account/devices";
  }

  private ModelAndView show(Page page, Form form, @Nullable String made) {
    try (var asked = new SideBySide()) {
      var known = asked.ask(() -> account.me());
      var devices = asked.ask(() -> account.devices());
      var children = asked.ask(() -> account.children());
      var me = Objects.requireNonNull(known.get().getBody());
      return page.show(
          "account/devices",
          new DevicesPage(
              devices.get().devices(), children.get().children(), made, me.timezone(), form));
    }
  }
}
