package org.smileadventure.web.api;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The API refused what was asked of it, and said why in a problem document (RFC 9457). */
public final class ApiProblemException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final Set<Integer> ABOUT_INPUT = Set.of(400, 409, 410, 412, 413, 422, 429);

  private final int status;
  private final transient Map<String, String> fields;
  private final @Nullable String reason;

  ApiProblemException(
      int status, String detail, @Nullable String reason, Map<String, String> fields) {
    super(detail);
    this.status = status;
    this.reason = reason;
    this.fields = fields;
  }

  public int status() {
    return status;
  }

  /** A word for programs, as {@code expired}; null: there is none. */
  public @Nullable String reason() {
    return reason;
  }

  /** What is wrong with which field, by the API's names; empty if it named none. */
  public Map<String, String> fields() {
    return fields;
  }

  /** Whether it is about what somebody typed or chose, and so is to be shown beside it. */
  public boolean isAboutInput() {
    return ABOUT_INPUT.contains(status) || !fields.isEmpty();
  }
}
