package org.smileadventure.web.phases;

import org.jspecify.annotations.Nullable;
import org.smileadventure.web.child.Child;

/**
 * How a child played in a phase and before.
 *
 * @param picture SVG that the API drew, of the figure that is shown; null: it cannot be had now
 */
public record EffectPage(Child child, PhaseEffects effects, @Nullable String picture) {}
