package org.smileadventure.web.child;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A child, as all of its pages name it.
 *
 * @param timezone where it lives: its days are those of there
 * @param lastSessionDay null: it has not played yet
 */
public record Child(
    long id, String name, int age, String timezone, @Nullable LocalDate lastSessionDay) {}
