package org.smileadventure.web.operations.quarantine;

import org.jspecify.annotations.Nullable;
import org.smileadventure.web.operations.Part;
import org.smileadventure.web.page.Form;

/**
 * Records of the quarantine, the oldest first.
 *
 * @param records null: they were not asked for, as the form is wrong
 * @param isFirst whether these are the first ones
 */
public record RecordsPage(
    Choices choices, Form form, @Nullable Part<QuarantineApi.Records> records, boolean isFirst) {}
