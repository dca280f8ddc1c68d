package org.smileadventure.web.operations.find;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The places where an event, or the events of a session, have come by.
 *
 * @param childId null: nobody knows whose it is
 * @param quarantineComplete false: only the newest records were searched
 * @param stored null: nothing of the session is stored
 * @param session null: the session is not known
 * @param answer null: no answer depends on it yet
 */
public record Trail(
    @Nullable String eventId,
    @Nullable String sessionId,
    @Nullable Long sequence,
    @Nullable Long childId,
    @Nullable InTopic topic,
    List<InQuarantine> quarantine,
    boolean quarantineComplete,
    @Nullable Stored stored,
    @Nullable Session session,
    @Nullable Answer answer) {

  /**
   * In the topic of events.
   *
   * @param state found, not_found or partly_searched
   * @param committed whether ingest has taken it; null: nobody knows
   */
  public record InTopic(
      String state,
      @Nullable Integer partition,
      @Nullable Long offset,
      @Nullable Instant takenAt,
      @Nullable Boolean committed) {}

  public record InQuarantine(
      long id,
      @Nullable String reason,
      @Nullable Instant setAsideAt,
      @Nullable Instant replayedAt) {}

  /**
   * Events of the session in the database.
   *
   * @param sequenceStored whether the one that was asked for is among them; null: none was
   */
  public record Stored(
      long events,
      @Nullable Long firstSequence,
      @Nullable Long lastSequence,
      @Nullable Boolean sequenceStored,
      @Nullable Instant firstReceivedAt,
      @Nullable Instant lastReceivedAt) {}

  public record Session(
      @Nullable String completionStatus,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt,
      @Nullable Instant updatedAt,
      @Nullable Long lostEvents) {}

  /**
   * The summary that answers are made of.
   *
   * @param monthDirty whether it waits to be made anew; an answer has the change all the same
   * @param invalidationPending whether cached answers are still to be removed
   */
  public record Answer(@Nullable String month, boolean monthDirty, boolean invalidationPending) {}

  /** Whether it is nowhere. */
  public boolean isEmpty() {
    return (topic == null || !topic.state().equals("found"))
        && quarantine.isEmpty()
        && stored == null
        && session == null;
  }
}
