package org.smileadventure.web.page;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;

/**
 * A table to be opened in a spreadsheet: with a byte order mark, without which it is not taken for
 * UTF-8, and no {@linkplain #name name} that could be taken for a formula.
 */
public final class CsvTable {
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setQuoteMode(QuoteMode.NON_NUMERIC).get();
  private static final Pattern FORMULA =
      Pattern.compile("(^|[;\"\\t\\r\\n])([ \\u00A0]*)(?=[=+\\-@\\uFF1D\\uFF0B\\uFF0D\\uFF20])");

  private CsvTable() {}

  /** Prints the rows of a table. */
  @FunctionalInterface
  public interface Rows {
    void print(CSVPrinter csv) throws IOException;
  }

  /** The table of these rows. */
  public static String of(Rows rows) {
    var text = new StringWriter();
    text.append(BYTE_ORDER_MARK);
    try (var csv = new CSVPrinter(text, FORMAT)) {
      rows.print(csv);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** What the game calls something, so that it is no formula. */
  public static String name(String told) {
    return FORMULA.matcher(told).replaceAll("$1$2'");
  }
}
