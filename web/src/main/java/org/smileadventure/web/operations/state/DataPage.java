package org.smileadventure.web.operations.state;

import org.smileadventure.web.operations.Part;

/** What the database holds. */
public record DataPage(Part<StoredData> data) {}
