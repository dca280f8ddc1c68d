package org.smileadventure.common.text;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypedTextTest {
  @AutoClose private final ValidatorFactory factory = Validation.buildDefaultValidatorFactory();

  private final Validator validator = factory.getValidator();

  private record Typed(
      @Nullable @TypedText(max = 100) String name,
      @TypedText(max = 100, lines = true) String note) {
    static Typed name(@Nullable String name) {
      return new Typed(name, "");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "O",
        "é",
        "D’Arcy O'Neill",
        "Jean-Luc",
        "محمد علي",
        "می\u200Cخواهم",
        "小明",
        "𠮷野家",
        "ไทย",
        "Ελληνικά",
        "हिन्दी",
        "שָׁלוֹם",
        "Nguyễn",
        "X Æ A-12",
        "Mary 2nd",
        "👧🏽",
        "👩‍👧",
        "q\u0323\u0307"
      })
  void nameIsAsPeopleHaveIt(String name) {
    assertThat(validator.validate(Typed.name(name))).isEmpty();
    assertThat(validator.validate(Typed.name(Canonical.text(name)))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | must not be blank",
        "'   ' | must not be blank",
        "'\u3000\u00A0' | must not be blank",
        "'\u200B\uFEFF' | must not be blank",
        "\u3164 | must not be blank",
        "'a\u0000b' | must not contain control characters",
        "'a\nb' | must not contain control characters",
        "'a\u0085b' | must not contain control characters",
        "'a\u2028b' | must not contain control characters",
        "'\uD800' | must not contain unpaired surrogates or noncharacters",
        "'a\uDC00b' | must not contain unpaired surrogates or noncharacters",
        "'a\uFFFEb' | must not contain unpaired surrogates or noncharacters",
        "'a\u202Eb' | must not contain controls of the text's direction (U+202A to U+202E, U+2066 to U+2069)",
        "'\u2067ab' | must not contain controls of the text's direction (U+202A to U+202E, U+2066 to U+2069)",
      })
  void nameThatIsNoneIsRefusedWithTheReason(String name, String message) {
    assertThat(validator.validate(Typed.name(name)))
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.getPropertyPath()).hasToString("name");
              assertThat(violation.getMessage()).isEqualTo(message);
            });
  }

  @Test
  void lengthIsCountedInCharactersAndNotInHalvesOfThem() {
    assertThat(validator.validate(Typed.name("😀".repeat(100)))).isEmpty();
    assertThat(validator.validate(Typed.name("😀".repeat(101)))).hasSize(1);
  }

  @Test
  void noteMayHaveLinesAndBeEmptyButNoOtherControls() {
    assertThat(validator.validate(new Typed("a", "first\r\n\tsecond"))).isEmpty();
    assertThat(validator.validate(new Typed("a", "\u0007"))).hasSize(1);
    assertThat(validator.validate(new Typed("a", "\u202E"))).hasSize(1);
  }

  @Test
  void equalNamesAreEqualTexts() {
    assertThat(Canonical.text("\u3000Zoe\u0308 \t")).isEqualTo("Zoë");
    assertThat(Canonical.text(null)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "' Ada@Example.ORG ', ada@example.org",
    "ada@BÜCHER.example, ada@xn--bcher-kva.example",
    "ada@xn--bcher-kva.example, ada@xn--bcher-kva.example",
    "Jörg@example.org, jörg@example.org",
    "jo\u0308rg@example.org, jörg@example.org",
    "no address, no address"
  })
  void addressHasOneForm(String typed, String kept) {
    assertThat(Canonical.email(typed)).isEqualTo(kept);
  }
}
