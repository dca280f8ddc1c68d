package org.smileadventure.demo.story;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.SessionEvent;

/**
 * The year that ended yesterday, as the games of six children told it. None of it happened: it is
 * drawn from generators with fixed seeds, so that it is the same each time but for its days.
 */
public final class Story {
  /** With this one chance tells no story beside those that are meant. */
  private static final long SEED = 8;

  private static final int BREAKS = 3;
  private static final int DAYS_OF_A_BREAK = 8;

  /** Nobody is away later, so that the last months have something to tell. */
  private static final int LAST_BREAK_ENDS = 100;

  private Story() {}

  /** The events of all children in the order of their times. */
  public static List<SessionEvent> events(Map<StoryChild, ChildId> children, Instant now) {
    return children.entrySet().stream()
        .map(child -> events(child.getKey(), child.getValue(), now))
        .flatMap(Collection::stream)
        // A stable sort: within a session times do not decrease, so its events stay in sequence.
        .sorted(Comparator.comparing(SessionEvent::occurredAt))
        .toList();
  }

  private static List<SessionEvent> events(StoryChild child, ChildId id, Instant now) {
    var plot = child.plot();
    var drawn = new Random(SEED + child.name().hashCode());
    var sessions = new Sessions(id, drawn);
    var today = LocalDate.ofInstant(now, child.zone);
    var away = away(drawn);
    var events = new ArrayList<SessionEvent>();
    for (int ago = plot.firstDay(); ago > 0; ago--) {
      if (away.contains(ago)) {
        continue;
      }
      var day = today.minusDays(ago);
      if (drawn.nextDouble() < plot.likelihood(ago)) {
        var start = afternoon(day, drawn).atZone(child.zone).toInstant();
        events.addAll(sessions.play(plot.sitting(ago, drawn), start));
      }
      var evening = day.atTime(19, drawn.nextInt(60)).atZone(child.zone).toInstant();
      plot.deed(ago, drawn).ifPresent(deed -> events.add(sessions.record(deed, evening)));
    }
    return events;
  }

  /** The days, told by how many days ago they were, of holidays and illnesses. */
  private static Set<Integer> away(Random drawn) {
    var away = new HashSet<Integer>();
    for (int i = 0; i < BREAKS; i++) {
      var ends = LAST_BREAK_ENDS + drawn.nextInt(200);
      for (int day = 0; day < DAYS_OF_A_BREAK; day++) {
        away.add(ends + day);
      }
    }
    return away;
  }

  /** After school, or at the weekend in the morning too. */
  private static LocalDateTime afternoon(LocalDate day, Random drawn) {
    var weekend =
        day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    var hour = weekend ? 9 + drawn.nextInt(10) : 15 + drawn.nextInt(4);
    return day.atTime(hour, drawn.nextInt(60), drawn.nextInt(60));
  }
}
