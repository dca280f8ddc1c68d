package org.smileadventure.web.operations.people;

import org.jspecify.annotations.Nullable;
import org.smileadventure.web.operations.Part;
import org.smileadventure.web.page.Form;

/**
 * Somebody with an account.
 *
 * @param problem why the account was not changed; null: nothing is wrong
 */
public record PersonPage(Part<Person> person, Form form, @Nullable String problem) {}
