package org.smileadventure.web.child;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The days that an answer is about.
 *
 * @param from null: from the first one on
 */
public record Window(String name, @Nullable LocalDate from, LocalDate to) {}
