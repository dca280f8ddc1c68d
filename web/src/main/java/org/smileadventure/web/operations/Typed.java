package org.smileadventure.web.operations;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.page.Form;

/** What was typed as a number or a time. */
public final class Typed {
  private Typed() {}

  /** A positive number; empty if it is none. */
  public static Optional<Long> number(Form form, String field) {
    var typed = form.value(field).strip();
    return typed.matches("[1-9][0-9]{0,17}") ? Optional.of(Long.valueOf(typed)) : Optional.empty();
  }

  /** A time of UTC, as a field {@code datetime-local} has it; empty if it is none. */
  public static Optional<Instant> time(@Nullable String typed) {
    try {
      return typed == null
          ? Optional.empty()
          : Optional.of(LocalDateTime.parse(typed.strip()).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
