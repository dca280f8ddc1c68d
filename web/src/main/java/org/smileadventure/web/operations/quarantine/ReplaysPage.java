package org.smileadventure.web.operations.quarantine;

import org.smileadventure.web.operations.Part;

/** What was sent again, newest first. */
public record ReplaysPage(Part<QuarantineApi.Replays> replays, boolean isFirst) {}
