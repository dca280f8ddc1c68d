package org.smileadventure.query.phase;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * Something began for a child.
 *
 * @param kind therapy, scenario or other
 * @param madeBy the account of who noted it
 * @param madeAs parent or professional
 */
public record Phase(
    UUID id,
    LocalDate day,
    String kind,
    String label,
    long madeBy,
    String madeAs,
    Instant madeAt) {}
