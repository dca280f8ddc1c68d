package org.smileadventure.ingest.collector;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.Rejection;

/**
 * What became of one event of a request.
 *
 * @param index its place in the request, from 0
 * @param id the CloudEvents attribute, if it could be read
 * @param reason null: it is accepted
 * @param detail what is wrong with it, by the name of the field
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Verdict(
    int index, @Nullable String id, @Nullable Rejection reason, @Nullable String detail) {

  static Verdict accepted(int index, @Nullable String id) {
    return new Verdict(index, id, null, null);
  }

  @JsonIgnore
  boolean isAccepted() {
    return reason == null;
  }

  @JsonProperty
  String verdict() {
    return isAccepted() ? "accepted" : "rejected";
  }

  /** The reason of an event that is not accepted. */
  Rejection rejection() {
    return Objects.requireNonNull(reason);
  }
}
