package org.smileadventure.web.operations.find;

import org.jspecify.annotations.Nullable;
import org.smileadventure.web.operations.Part;
import org.smileadventure.web.page.Form;

/**
 * Where an event is.
 *
 * @param trail null: nothing was asked for
 */
public record FindPage(Form form, @Nullable Part<Trail> trail) {}
