package org.smileadventure.query.words;

import java.util.HashMap;
import java.util.Optional;
import org.smileadventure.common.metric.DaysWithoutPlay;
import org.smileadventure.common.metric.PlayPace;
import org.smileadventure.language.Language;
import org.smileadventure.language.Messages;

/** Puts into words that a child did not play, and that a better mean may come with that. */
public final class PaceWords {
  private static final Messages TEXTS = Messages.beside(PaceWords.class, "pace");

  private final Language language;
  private final String child;

  /**
   * For a child.
   *
   * @param child its name
   */
  public PaceWords(Language language, String child) {
    this.language = language;
    this.child = child;
  }

  /** On how many days there was no play. */
  public String without(DaysWithoutPlay days) {
    var told = new HashMap<String, Object>();
    told.put("name", child);
    told.put("n", days.days());
    told.put("all", days.of());
    var longest = days.longest();
    if (longest == null || longest.days() < 2) {
      return TEXTS.text(language, "without", told);
    }
    told.put("days", longest.days());
    told.put("first", longest.from());
    told.put("last", longest.to());
    return TEXTS.text(language, "without", told)
        + " "
        + TEXTS.text(language, "without.longest", told);
  }

  /** A caution for a figure that is better than it was; empty if there is none. */
  public Optional<String> caution(PlayPace now, PlayPace before) {
    var told = new HashMap<String, Object>();
    told.put("name", child);
    if (now.isMuchLessThan(before)) {
      told.put("value", now.perWeek());
      told.put("worse", before.perWeek());
      return Optional.of(TEXTS.text(language, "fewer", told));
    }
    if (now.isMoreOftenAbandonedThan(before)) {
      told.put("n", now.abandoned());
      told.put("m", now.ended());
      told.put("moves", before.abandoned());
      told.put("all", before.ended());
      return Optional.of(TEXTS.text(language, "abandoned", told));
    }
    return Optional.empty();
  }
}
