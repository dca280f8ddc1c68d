package org.smileadventure.web.family;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.api.ApiProblemException;
import org.smileadventure.web.api.SideBySide;
import org.smileadventure.web.page.Form;
import org.smileadventure.web.page.Page;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Who decides about a child, and what they consent to. */
@Controller
class FamilyEndpoint {
  private static final String SHARING = "professional_sharing";

  /** What is asked when a child is added, and what is asked here only. */
  private static final List<String> PURPOSES =
      Stream.concat(NewChildPage.PURPOSES.stream(), Stream.of("record_store")).toList();

  private final Families families;

  FamilyEndpoint(Families families) {
    this.families = families;
  }

  @GetMapping("/children/{id}/family")
  ModelAndView family(@PathVariable long id, Page page, Form form) {
    return show(page, id, form, form);
  }

  @PostMapping("/children/{id}/family/invitations")
  ModelAndView invite(@PathVariable long id, Page page, Form form, RedirectAttributes redirect) {
    var kind = form.value("kind").equals("transfer") ? "transfer" : "guardian";
    return act(
        id,
        redirect,
        "family.invited",
        () -> families.invite(id, new Families.NewInvitation(form.typed("email"), kind)),
        refused -> show(page, id, form.refused(page, refused), Form.empty()));
  }

  @PostMapping("/children/{id}/family/invitations/{invitation}/revoke")
  ModelAndView takeBack(
      @PathVariable long id, @PathVariable String invitation, RedirectAttributes redirect) {
    families.takeBack(id, invitation);
    return done(id, redirect, "family.invitation-back");
  }

  @PostMapping("/children/{id}/family/guardians/{user}/remove")
  ModelAndView remove(
      @PathVariable long id, @PathVariable long user, Page page, RedirectAttributes redirect) {
    try {
      families.remove(id, user);
    } catch (ApiProblemException refused) {
      var why =
          refused.status() == 409
              ? page.text("family.stays")
              : Form.empty().refused(page, refused).problem();
      return Form.again(refused, () -> show(page, id, why, Form.empty(), Form.empty()));
    }
    redirect.addFlashAttribute("done", "family.removed");
    var isMe = page.viewer() != null && page.viewer().id() == user;
    return new ModelAndView(isMe ? "redirect:/" : "redirect:/children/" + id + "/family");
  }

  @PostMapping("/children/{id}/family/consents")
  ModelAndView consent(@PathVariable long id, Page page, Form form, RedirectAttributes redirect) {
    var recipient = form.typed("recipient");
    if (recipient != null && !recipient.matches("[0-9]{1,18}")) {
      return Form.again(show(page, id, Form.empty(), form.saying(page.text("problem.recipient"))));
    }
    return act(
        id,
        redirect,
        "family.consented",
        () ->
            families.consent(
                id,
                new Families.NewConsent(
                    form.value("purpose"),
                    recipient == null ? null : Long.valueOf(recipient),
                    form.value("granted").equals("true"),
                    NewChildPage.TEXT_VERSION)),
        refused -> show(page, id, Form.empty(), form.refused(page, refused)));
  }

  private static ModelAndView act(
      long id,
      RedirectAttributes redirect,
      String done,
      Runnable act,
      Function<ApiProblemException, ModelAndView> again) {
    try {
      act.run();
    } catch (ApiProblemException refused) {
      return Form.again(refused, () -> again.apply(refused));
    }
    return done(id, redirect, done);
  }

  private static ModelAndView done(long id, RedirectAttributes redirect, String done) {
    redirect.addFlashAttribute("done", done);
    return new ModelAndView("redirect:/children/" + id + "/family");
  }

  private ModelAndView show(Page page, long id, Form inviting, Form sharing) {
    return show(page, id, null, inviting, sharing);
  }

  private ModelAndView show(
      Page page, long id, @Nullable String problem, Form inviting, Form sharing) {
    // Whoever is refused this one asks for nothing more, as a look would be on record.
    var guardians = families.guardians(id).guardians();
    try (var asked = new SideBySide()) {
      var profile = asked.ask(() -> families.profile(id));
      var invitations = asked.ask(() -> families.invitations(id));
      var consents = asked.ask(() -> families.consents(id));
      return page.show(
          "family/family",
          new FamilyPage(
              Objects.requireNonNull(profile.get().getBody()),
              guardians,
              invitations.get().invitations().stream()
                  .filter(invitation -> invitation.state().equals("open"))
                  .toList(),
              words(consents.get().current()),
              problem,
              Form.empty(),
              inviting,
              sharing));
    }
  }

  /** All purposes, said anything about or not, and all recipients that something was said about. */
  private static List<FamilyPage.Word> words(List<FamilyPage.Consent> current) {
    var words = new ArrayList<FamilyPage.Word>();
    for (var purpose : PURPOSES) {
      words.add(
          new FamilyPage.Word(
              purpose,
              null,
              current.stream()
                  .filter(consent -> consent.purpose().equals(purpose))
                  .findFirst()
                  .orElse(null),
              Form.empty()));
    }
    current.stream()
        .filter(consent -> consent.purpose().equals(SHARING))
        .map(consent -> new FamilyPage.Word(SHARING, consent.recipient(), consent, Form.empty()))
        .forEach(words::add);
    return words;
  }
}
