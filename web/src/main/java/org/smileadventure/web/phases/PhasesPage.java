package org.smileadventure.web.phases;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.smileadventure.web.child.Child;
import org.smileadventure.web.page.Choice;
import org.smileadventure.web.page.Form;
import org.smileadventure.web.page.Page;

/** The phases of a child, and a form for one more. */
public record PhasesPage(Child child, List<Phase> phases, Form form) {
  public static List<Choice> kinds(Page page) {
    return Stream.of("baseline", "therapy", "medication", "scenario", "holiday", "other")
        .map(kind -> new Choice(kind, page.name("phase", kind)))
        .toList();
  }

  /** The words of the phases that have days in common with this one; empty: there are none. */
  public String overlapping(Phase phase) {
    var ids = Objects.requireNonNullElse(phase.overlaps(), List.<UUID>of());
    return phases.stream()
        .filter(other -> ids.contains(other.id()))
        .map(Phase::label)
        .collect(Collectors.joining(", "));
  }
}
