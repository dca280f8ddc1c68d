package org.smileadventure.query.answer;

import java.util.Arrays;
import java.util.Locale;
import org.smileadventure.common.service.BadParameterException;

/** What an answer may be asked for as. */
public enum Format {
  JSON,
  CSV,
  PDF;

  /**
   * The format that the parameter names.
   *
   * @throws BadParameterException if it is none of those that there are here
   */
  public static Format of(String parameter, Format... offered) {
    return Arrays.stream(offered)
        .filter(format -> format.wireName().equals(parameter))
        .findFirst()
        .orElseThrow(
            () ->
                new BadParameterException(
                    "format",
                    "one of "
                        + String.join(
                            ", ", Arrays.stream(offered).map(Format::wireName).toList()),
                    parameter));
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
