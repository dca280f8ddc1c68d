package org.smileadventure.web.operations.quarantine;

import org.smileadventure.web.operations.Part;
import org.smileadventure.web.operations.Refresh;
import org.smileadventure.web.page.Form;

/**
 * The quarantine by reasons, and what was sent again.
 *
 * @param sending the form to send again
 */
public record QuarantinePage(
    Part<Counts> counts,
    Part<QuarantineApi.Replays> replays,
    Form seeing,
    Form sending,
    Refresh refresh) {}
