package org.smileadventure.web.phases;

import java.util.List;
import org.smileadventure.web.child.Child;
import org.smileadventure.web.page.Form;

/** What began for a child, and a form for something more. */
public record PhasesPage(Child child, List<Phase> phases, Form form) {
  public static final List<String> KINDS = List.of("therapy", "scenario", "other");
}
