package org.smileadventure.query.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.smileadventure.common.fold.QualityNote;
import org.smileadventure.language.Language;

class QualitySentencesTest {
  /** The name of a rule is for programs. */
  @ParameterizedTest
  @EnumSource
  void everyRuleHasWords(QualityNote note) {
    var quality =
        new DataQuality(
            1,
            null,
            LocalDate.EPOCH,
            0,
            1,
            0,
            0,
            List.of(new DataQuality.Note(note.rule(), note.severity(), 1)),
            List.of(),
            Instant.EPOCH);
    assertThat(QualitySentences.of(quality, Language.ENGLISH))
        .singleElement()
        .asString()
        .startsWith("1 session: ")
        .doesNotContain(note.rule());
  }
}
