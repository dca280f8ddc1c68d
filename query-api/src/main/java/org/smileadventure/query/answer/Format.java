package org.smileadventure.query.answer;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.smileadventure.common.service.BadParameterException;

/** What an answer may be asked for as. */
public enum Format {
  JSON,
  CSV,
  PDF;

  /**
   * The format that the parameter names.
   *
   * @throws BadParameterException if it is none of those that are offered
   */
  public static Format of(String parameter, Format... offered) {
    for (var format : offered) {
      if (format.wireName().equals(parameter)) {
        return format;
      }
    }
    var names = Arrays.stream(offered).map(Format::wireName).collect(Collectors.joining(", "));
    throw new BadParameterException("format", "one of " + names, parameter);
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
