package org.smileadventure.common.http;

import java.util.List;
import java.util.function.Predicate;
import org.smileadventure.common.service.ProblemException;
import org.springframework.http.ETag;
import org.springframework.http.HttpStatus;

/**
 * The versions that a write is to be done to (RFC 9110, 13.1.1), for an endpoint that {@linkplain
 * ComparesVersions compares} them.
 *
 * @param lines of the header; none: any version
 */
public record IfMatch(List<String> lines) {

  /** The entity tag of a version: a strong one, as no two answers of a version differ. */
  public static String tag(long version) {
    return "\"" + version + "\"";
  }

  /**
   * Lets only a write to this version go on.
   *
   * @throws ProblemException with 412 if another one is meant
   */
  public void require(long version) {
    if (!isMet(tag -> !tag.weak() && tag.tag().equals(Long.toString(version)))) {
      throw new ProblemException(
          HttpStatus.PRECONDITION_FAILED,
          "it was changed meanwhile, so nothing was done; read it again and send its ETag in If-Match");
    }
  }

  /** Whether nothing is asked for, or something that is so. */
  public boolean isMet(Predicate<ETag> isSo) {
    return lines.isEmpty()
        || lines.stream()
            .flatMap(line -> ETag.parse(line).stream())
            .anyMatch(tag -> tag.isWildcard() || isSo.test(tag));
  }
}
