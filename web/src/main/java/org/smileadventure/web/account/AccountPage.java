package org.smileadventure.web.account;

import java.util.List;
import org.smileadventure.web.page.Choice;
import org.smileadventure.web.page.Form;

/**
 * The own account.
 *
 * @param version that the profile's form was made of
 */
public record AccountPage(Me me, String version, Form profile, Form password, Form closing) {
  public List<Choice> zones() {
    return Choice.timeZones();
  }
}
