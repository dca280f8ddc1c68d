package org.smileadventure.query.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.LocalDate;
import org.apache.commons.csv.CSVFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
  private static final String FORMULA_STARTS = "=+-@\t\r＝＋－＠";

  @Test
  void isUtf8WithAMarkAndQuotesAllButNumbers() throws IOException {
    assertThat(line("Zoë, \"Z\"", 15, -0.25, null, LocalDate.of(2026, 5, 1)))
        .isEqualTo("\uFEFF\"Zoë, \"\"Z\"\"\",15,-0.25,,\"2026-05-01\"\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "  =1",
        "x;=1+1",
        "x; =1+1",
        "x\"=1",
        "x\";=1",
        "x\n=1",
        "x\r\n@y",
        "x\t+1",
        "＝1+1",
        "x;＠y"
      })
  void noTextIsAFormulaHoweverALineIsCut(String text) throws IOException {
    var written = line("before", text, "after");
    var read =
        CSVFormat.RFC4180.parse(new StringReader(written.substring(1))).getRecords().getFirst();
    assertThat(read.get(1).replace("'", "")).isEqualTo(text);
    assertThat(FORMULA_STARTS.indexOf(read.get(1).strip().charAt(0))).isNegative();
    for (var cell : written.substring(1).split("[;\t\r\n]|\"\"", -1)) {
      assertThat(cell.isBlank() || FORMULA_STARTS.indexOf(cell.strip().charAt(0)) < 0)
          .as(written)
          .isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"O'Neill", "a-b", "1+1=2", "12:30", "Anna, -ina", "me@example.org"})
  void otherTextIsAsItIs(String text) throws IOException {
    assertThat(line(text)).isEqualTo("\uFEFF\"" + text + "\"\r\n");
  }

  @Test
  void dateBeyondTheYear9999IsNoFormulaEither() throws IOException {
    assertThat(line(LocalDate.of(10_000, 1, 1))).contains("\"'+10000-01-01\"");
  }

  @ParameterizedTest
  @CsvSource({
    "78.94736842105263, 1, 78.9",
    "15.0, 1, 15",
    "100, 1, 100",
    "0.04, 1, 0",
    "-0.04, 1, 0",
    "0.25, 1, 0.3",
    "1e-7, 2, 0",
    "12345678.9, 1, 12345678.9"
  })
  void numbersAreRoundedAsPeopleDo(double value, int decimals, String written) throws IOException {
    assertThat(line(Csv.rounded(value, decimals))).isEqualTo("\uFEFF" + written + "\r\n");
  }

  private static String line(@Nullable Object... cells) throws IOException {
    var text = new StringWriter();
    new Csv(text).row(cells);
    return text.toString();
  }
}
