package org.smileadventure.query.answer;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.smileadventure.common.service.BadParameterException;
import org.springframework.http.MediaType;

/** What an answer may be asked for as. */
public enum Format {
  JSON("application/json"),
  CSV("text/csv"),
  PDF("application/pdf");

  private final String mediaType;

  Format(String mediaType) {
    this.mediaType = mediaType;
  }

  /**
   * The format that the parameter names.
   *
   * @throws BadParameterException if it is none of those that are offered
   */
  static Format of(String parameter, Format... offered) {
    for (var format : offered) {
      if (format.wireName().equals(parameter)) {
        return format;
      }
    }
    var names = Arrays.stream(offered).map(Format::wireName).collect(Collectors.joining(", "));
    throw new BadParameterException("format", "one of " + names, parameter);
  }

  MediaType mediaType() {
    return MediaType.valueOf(mediaType);
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
