package org.smileadventure.web.times;

import org.jspecify.annotations.Nullable;
import org.smileadventure.web.child.Child;

/**
 * When a child plays best, with whom, and how regularly.
 *
 * @param hours a picture, as are the next two; null: it cannot be had now
 */
public record TimesPage(
    Child child,
    TimeFigures figures,
    @Nullable String hours,
    @Nullable String weekdays,
    @Nullable String support) {}
