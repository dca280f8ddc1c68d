package org.smileadventure.query.answer;

import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;

/**
 * A table for people, as RFC 4180 has it, to be opened in a spreadsheet: in UTF-8 with a byte order
 * mark, without which it is not taken for UTF-8; all that is no number in quotes; and with no text
 * that could be taken for a formula, wherever the spreadsheet's country cuts a line into cells.
 */
public final class Csv implements Flushable {
  public static final String TYPE = "text/csv; charset=UTF-8";

  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setQuoteMode(QuoteMode.NON_NUMERIC).get();
  // Where a cell may begin, if cells are cut by semicolons or tabs and quotes are not understood.
  private static final Pattern FORMULA =
      Pattern.compile("(^|[;\"\\t\\r\\n])([ \\u00A0]*)(?=[=+\\-@\\uFF1D\\uFF0B\\uFF0D\\uFF20])");

  private final CSVPrinter printer;

  /**
   * @param out is left open
   */
  public <T extends Appendable & Flushable & Closeable> Csv(T out) throws IOException {
    out.append(BYTE_ORDER_MARK);
    this.printer = new CSVPrinter(out, FORMAT);
  }

  /** A line. Numbers are written as they are, see {@link #rounded}; all else is text. */
  public void row(@Nullable Object... cells) throws IOException {
    printer.printRecord(Arrays.stream(cells).map(Csv::cell));
  }

  /** A line of texts. */
  public void row(Stream<? extends @Nullable Object> cells) throws IOException {
    printer.printRecord(cells.map(Csv::cell));
  }

  @Override
  public void flush() throws IOException {
    printer.flush();
  }

  private static @Nullable Object cell(@Nullable Object value) {
    if (value == null || value instanceof Number) {
      return value;
    }
    var text = FORMULA.matcher(value.toString()).replaceAll("$1$2'");
    return text.startsWith("\t") || text.startsWith("\r") ? "'" + text : text;
  }

  /** As a person would write it: with so many decimals at most. */
  public static @Nullable BigDecimal rounded(@Nullable Number value, int decimals) {
    if (value == null) {
      return null;
    }
    var rounded =
        new BigDecimal(value.toString())
            .setScale(decimals, RoundingMode.HALF_UP)
            .stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }
}
