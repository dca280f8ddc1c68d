package org.smileadventure.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessagesTest {
  private static final Messages GREETING = Messages.beside(MessagesTest.class, "greeting");

  @Test
  void numbersDatesAndPluralsAreAsTheLanguageHasThem() {
    assertThat(GREETING.text(Language.ENGLISH, "days", days(1)))
        .isEqualTo("1 day since May 3, 2026");
    assertThat(GREETING.text(Language.ITALIAN, "days", days(1_234)))
        .isEqualTo("1.234 giorni dal 3 maggio 2026");
  }

  private static Map<String, Object> days(int n) {
    return Map.of("n", n, "day", LocalDate.of(2026, 5, 3));
  }

  @Test
  void pseudoLanguageChangesWordsAndNoArgument() {
    var sam = Map.of("name", "Sam");

    assertThat(GREETING.text(Language.ACCENTED, "hello", sam)).isEqualTo("Ĥéļļļö, Sam");
    assertThat(GREETING.text(Language.MIRRORED, "hello", sam))
        .isEqualTo("\u200f\u202eHello\u202c\u200f, Sam");
    assertThat(GREETING.text(Language.ACCENTED, "days", days(2)))
        .startsWith("2 ð")
        .endsWith("2026");
    assertThat(GREETING.text(Language.ENGLISH, "left", Map.of("n", 0))).isEqualTo("nothing left");
    assertThat(GREETING.text(Language.ACCENTED, "left", Map.of("n", 0)))
        .isEqualTo("ñöţţĥîññĝ ļéƒƒţ");
  }

  @Test
  void keyOrArgumentThatIsInOneLanguageOnlyIsFoundWhenTheFileIsRead() {
    assertThatThrownBy(() -> Messages.beside(MessagesTest.class, "torn"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("hello of torn");
  }

  @Test
  void missingArgumentIsAnError() {
    assertThatThrownBy(() -> GREETING.text(Language.ENGLISH, "hello"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[name]");
  }

  @Test
  void languageIsTheOneThatFitsBest() {
    assertThat(Language.of("de, it-CH;q=0.8, en;q=0.5", false)).isEqualTo(Language.ITALIAN);
    assertThat(Language.of("en-GB", false)).isEqualTo(Language.ENGLISH);
    assertThat(Language.of("ar-XB", false)).isEqualTo(Language.ENGLISH);
    assertThat(Language.of("ar-XB", true)).isEqualTo(Language.MIRRORED);
    assertThat(Language.of("en-XA", true)).isEqualTo(Language.ACCENTED);
    assertThat(Language.of("*;;q=", true)).isEqualTo(Language.ENGLISH);
    assertThat(Language.of(null, true)).isEqualTo(Language.ENGLISH);
  }

  @Test
  void nameThatAGameMadeUpIsShownAsItCame() {
    assertThat(Vocabulary.name(Language.ITALIAN, "state", "anxious")).isEqualTo("ansia");
    assertThat(Vocabulary.name(Language.ITALIAN, "trigger", "purple_dragon"))
        .isEqualTo("purple dragon");
    assertThat(Vocabulary.amount(Language.ENGLISH, "seconds", 12.34)).isEqualTo("12.3 seconds");
    assertThat(Vocabulary.amount(Language.ITALIAN, "points", 1)).isEqualTo("1 punto");
  }
}
