package org.smileadventure.web.entry;

import java.util.Objects;
import org.smileadventure.web.api.ApiProblemException;
import org.smileadventure.web.page.Form;
import org.smileadventure.web.page.Page;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;

/** What to say of a link in a mail that does not work. */
final class Links {
  private Links() {}

  /** The same page with why it does not work. */
  static ModelAndView refused(Page page, String template, Form form, ApiProblemException refused) {
    var isUnknown = refused.status() == 404 || refused.fields().containsKey("token");
    if (!isUnknown && !refused.isAboutInput()) {
      throw refused;
    }
    var isOver = isUnknown || refused.status() == 410;
    var told =
        isOver
            ? form.saying(
                page.text(
                    "entry.link-"
                        + (isUnknown
                            ? "unknown"
                            : Objects.requireNonNullElse(refused.reason(), "over"))))
            : form.refused(page, refused);
    var shown = page.show(template, new TokenPage(told, isOver));
    shown.setStatus(isOver ? HttpStatus.GONE : HttpStatus.UNPROCESSABLE_CONTENT);
    return shown;
  }
}
