package org.smileadventure.web.operations.quarantine;

import org.jspecify.annotations.Nullable;
import org.smileadventure.web.operations.Part;
import org.smileadventure.web.page.Form;
import org.smileadventure.web.page.Page;

/**
 * What would become of records that are sent again.
 *
 * @param check null: it was not asked for, as the form is wrong
 * @param sending the form to send them again
 */
public record CheckPage(Choices choices, Form form, @Nullable Part<Check> check, Form sending) {

  /** What would become of a record, in words: else it would be set aside for that reason again. */
  public String outcome(Page page, String outcome) {
    var reason = "quarantine.reason-" + outcome;
    return page.textOr(
        "quarantine.outcome-" + outcome,
        page.text("quarantine.aside-again", "reason", page.textOr(reason, outcome)));
  }
}
