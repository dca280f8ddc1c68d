package org.smileadventure.web.mastery;

import org.smileadventure.web.child.Child;

/** How far a child has got with each scenario, and what to play next. */
public record MasteryPage(Child child, Mastery mastery) {}
