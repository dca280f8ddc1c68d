package org.smileadventure.web.entry;

import org.jspecify.annotations.Nullable;
import org.smileadventure.web.page.Form;

/**
 * The page on which people log in.
 *
 * @param message key of what to say: why it did not work, or that they are logged out; null:
 *     nothing
 * @param failed whether it did not work
 */
public record LoginPage(Form form, @Nullable String message, boolean failed) {}
