package org.smileadventure.common.http;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;

/**
 * What a caller accepts (RFC 9110, 12.5.1): of the ranges that a type is in, the narrowest one
 * decides, and with {@code q=0} it decides against.
 */
public final class Negotiation {
  private Negotiation() {}

  /**
   * The type that the caller likes best, and of equals the first.
   *
   * @param accept the lines of the header; none: everything is accepted
   * @throws HttpMediaTypeNotAcceptableException if none is accepted, or the header cannot be read
   */
  public static MediaType best(List<String> accept, List<MediaType> offered)
      throws HttpMediaTypeNotAcceptableException {
    var ranges = ranges(accept);
    return offered.stream()
        .filter(type -> quality(type, ranges) > 0)
        // Of equal ones the first is the greatest, as max() keeps the first.
        .reduce((one, other) -> quality(other, ranges) > quality(one, ranges) ? other : one)
        .orElseThrow(() -> new HttpMediaTypeNotAcceptableException(offered));
  }

  private static List<MediaType> ranges(List<String> accept)
      throws HttpMediaTypeNotAcceptableException {
    try {
      return accept.stream().flatMap(line -> MediaType.parseMediaTypes(line).stream()).toList();
    } catch (InvalidMediaTypeException _) {
      throw new HttpMediaTypeNotAcceptableException(
          "the header " + HttpHeaders.ACCEPT + " cannot be read");
    }
  }

  private static double quality(MediaType type, List<MediaType> ranges) {
    if (ranges.isEmpty()) {
      return 1;
    }
    Optional<MediaType> narrowest =
        ranges.stream()
            .filter(range -> range.includes(type))
            .max(
                Comparator.comparingInt(Negotiation::narrowness)
                    .thenComparingDouble(MediaType::getQualityValue));
    return narrowest.map(MediaType::getQualityValue).orElse(0.0);
  }

  private static int narrowness(MediaType range) {
    return range.isWildcardType() ? 0 : range.isWildcardSubtype() ? 1 : 2;
  }
}
