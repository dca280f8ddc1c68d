package org.smileadventure.query.audit;

import jakarta.validation.constraints.Pattern;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;

/**
 * Which records; what is null does not matter.
 *
 * @param actor the account that did it
 * @param from the first day, of UTC
 * @param to the last day
 */
record AuditFilter(
    @Nullable Long actor,
    @Nullable Long child,
    @Nullable @Pattern(regexp = "[a-z_]{1,40}") String action,
    @Nullable @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate from,
    @Nullable @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate to) {}
