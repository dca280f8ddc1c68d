package org.smileadventure.web.phases;

import java.util.List;
import java.util.UUID;
import org.smileadventure.web.child.Child;
import org.smileadventure.web.page.Form;

/** The phases of a child, and a form for one more. */
public record PhasesPage(Child child, List<Phase> phases, Form form) {
  public static final List<String> KINDS =
      List.of("baseline", "therapy", "medication", "scenario", "holiday", "other");

  /** The words of the phases that have days in common with this one. */
  public String overlapping(Phase phase) {
    var ids = overlaps(phase);
    return String.join(
        ", ", phases.stream().filter(other -> ids.contains(other.id())).map(Phase::label).toList());
  }

  public boolean isOverlapping(Phase phase) {
    return !overlaps(phase).isEmpty();
  }

  private static List<UUID> overlaps(Phase phase) {
    var ids = phase.overlaps();
    return ids == null ? List.of() : ids;
  }
}
