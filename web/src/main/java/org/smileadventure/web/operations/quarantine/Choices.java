package org.smileadventure.web.operations.quarantine;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.operations.Typed;
import org.smileadventure.web.page.Choice;
import org.smileadventure.web.page.Form;
import org.smileadventure.web.page.Page;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Which records: as the address of a page has it.
 *
 * @param reason null: any
 * @param since as it was typed, in UTC; null: at any time
 */
public record Choices(@Nullable String reason, @Nullable String since) {
  private static final List<String> REASONS =
      List.of(
          "malformed",
          "unknown_type",
          "schema_violation",
          "clock_wrong",
          "foreign_child",
          "too_large",
          "unknown_child",
          "foreign_session",
          "forgotten_session",
          "divergent_duplicate",
          "too_many_sessions",
          "refused_by_database");

  static Choices of(@Nullable String reason, @Nullable String since) {
    return new Choices(
        reason == null || reason.isBlank() ? null : reason,
        since == null || since.isBlank() ? null : since);
  }

  /** The reasons that a record may be kept for. */
  public static List<Choice> reasons(Page page) {
    return REASONS.stream()
        .map(reason -> new Choice(reason, page.text("quarantine.reason-" + reason)))
        .toList();
  }

  /** Whether the time is one. */
  boolean isTime() {
    return since == null || Typed.time(since).isPresent();
  }

  @Nullable Instant time() {
    return Typed.time(since).orElse(null);
  }

  /** The form with what was chosen. */
  Form form(Page page) {
    var values = new HashMap<String, String>();
    if (reason != null) {
      values.put("reason", reason);
    }
    if (since != null) {
      values.put("since", since);
    }
    var form = Form.of(values);
    return isTime() ? form : form.wrong(page, "since", page.text("problem.since"));
  }

  /** The address of a page of these, from this place on. */
  public String at(String path, @Nullable String cursor) {
    var uri = UriComponentsBuilder.fromPath(path);
    if (reason != null) {
      uri.queryParam("reason", reason);
    }
    if (since != null) {
      uri.queryParam("since", since);
    }
    if (cursor != null) {
      uri.queryParam("cursor", cursor);
    }
    return uri.encode().toUriString();
  }
}
