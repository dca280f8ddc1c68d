package org.smileadventure.web.operations.quarantine;

import org.jspecify.annotations.Nullable;
import org.smileadventure.web.operations.Part;
import org.smileadventure.web.page.Form;

/**
 * One record.
 *
 * @param whole null: the reader was not asked yet, as a look at it is on record
 * @param problem why it was not sent again; null: nothing is wrong
 */
public record RecordPage(
    long id, @Nullable Part<Quarantined.Whole> whole, Form form, @Nullable String problem) {}
