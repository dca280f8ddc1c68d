package org.smileadventure.web.phases;

import org.smileadventure.web.child.Child;
import org.smileadventure.web.page.Form;

/** A form in which a phase stands as it is. */
public record EditPage(Child child, Phase phase, Form form) {}
