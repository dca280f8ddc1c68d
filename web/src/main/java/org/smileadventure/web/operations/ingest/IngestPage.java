package org.smileadventure.web.operations.ingest;

import org.smileadventure.web.operations.Part;
import org.smileadventure.web.operations.Refresh;

/** The page on which it is seen how far ingest is behind. */
public record IngestPage(Part<Backlog> backlog, Refresh refresh) {}
