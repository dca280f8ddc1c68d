package org.smileadventure.web.operations.quarantine;

import org.smileadventure.web.operations.Part;
import org.smileadventure.web.operations.Refresh;
import org.smileadventure.web.page.Form;

/** How far records are sent again. */
public record ReplayPage(Part<Replay> replay, Form form, Refresh refresh) {}
