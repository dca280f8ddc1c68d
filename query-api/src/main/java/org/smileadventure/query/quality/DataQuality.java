package org.smileadventure.query.quality;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a child's data: what was lost on the way, what contradicts itself, and what
 * could not be stored.
 *
 * @param from null: from the first day
 * @param complete sessions of which every event is there, as far as can be told
 * @param partial sessions of which events are lost
 * @param minimal sessions whose end nobody has told
 * @param lostEvents how many events are missing in the sessions of these days
 * @param refused events that could not be stored, of all days, by reason; the last 1,000 are kept
 */
public record DataQuality(
    long childId,
    @Nullable LocalDate from,
    LocalDate to,
    long complete,
    long partial,
    long minimal,
    long lostEvents,
    List<Note> notes,
    List<Refused> refused,
    Instant computedAt) {

  /** A broken rule, and in how many sessions of these days it is. */
  public record Note(String rule, String severity, long sessions) {}

  public record Refused(String reason, long events, Instant lastRefusedAt) {}
}
