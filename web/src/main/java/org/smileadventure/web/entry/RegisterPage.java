package org.smileadventure.web.entry;

import java.util.List;
import org.smileadventure.web.page.Choice;
import org.smileadventure.web.page.Form;

/** The page on which people ask for an account. */
public record RegisterPage(Form form) {
  public List<Choice> zones() {
    return Choice.timeZones();
  }

  public boolean isProfessional() {
    return form.value("role").equals("professional");
  }
}
