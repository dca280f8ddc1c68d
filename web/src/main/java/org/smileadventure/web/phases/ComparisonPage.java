package org.smileadventure.web.phases;

import java.util.List;
import org.smileadventure.web.child.Child;

/** How a child played before something began, and how after. */
public record ComparisonPage(Child child, PhaseComparison comparison) {
  /** How many days on each side can be looked at. */
  public static final List<Integer> DAYS = List.of(30, 90, 180);
}
