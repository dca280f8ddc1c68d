package org.smileadventure.ingest.collector;

import io.cloudevents.CloudEvent;
import org.jspecify.annotations.Nullable;

/** One event of a request. */
sealed interface Submission {

  /** A CloudEvent; what it says has not been looked at. */
  record ReadEvent(CloudEvent event) implements Submission {}

  /**
   * Something that is not a CloudEvent.
   *
   * @param id what it has for one, as far as can be told
   */
  record Unreadable(@Nullable String id, String detail) implements Submission {}
}
