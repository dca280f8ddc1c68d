package org.smileadventure.query.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.smileadventure.language.Language;
import org.smileadventure.language.Messages;
import org.smileadventure.language.Vocabulary;

/** Puts what is known of a child's data into words. */
public final class QualitySentences {
  private static final Messages TEXTS = Messages.beside(QualitySentences.class, "quality");

  private QualitySentences() {}

  /** A sentence for each thing that a reader of figures should know. */
  public static List<String> of(DataQuality quality, Language language) {
    var sentences = new ArrayList<String>();
    if (quality.lostEvents() > 0) {
      sentences.add(TEXTS.text(language, "lost", Map.of("n", quality.lostEvents())));
    }
    for (var note : quality.notes()) {
      sentences.add(
          TEXTS.text(
              language,
              "note",
              Map.of(
                  "n", note.sessions(), "what", Vocabulary.name(language, "rule", note.rule()))));
    }
    for (var refused : quality.refused()) {
      sentences.add(
          TEXTS.text(
              language,
              "refused",
              Map.of("n", refused.events(), "why", reason(language, refused.reason()))));
    }
    return List.copyOf(sentences);
  }

  private static String reason(Language language, String name) {
    var key = "reason." + name;
    return TEXTS.has(key) ? TEXTS.text(language, key) : name;
  }
}
