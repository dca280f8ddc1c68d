package org.smileadventure.common.event;

/**
 * An event, and its payload as JSON, the form in which it is stored: the fields of the contract as
 * they were received, without those that every event has.
 */
public final class DecodedEvent {
  private final SessionEvent event;
  private final JsonBytes payload;
  private final boolean more;

  /**
   * @param more whether there was something that the contract does not name
   */
  DecodedEvent(SessionEvent event, JsonBytes payload, boolean more) {
    this.event = event;
    this.payload = payload;
    this.more = more;
  }

  /** An event that was not received but made here. */
  public static DecodedEvent of(SessionEvent event) {
    return new DecodedEvent(
        event, JsonBytes.of(Json.MAPPER.writeValueAsBytes(event.payload())), false);
  }

  public SessionEvent event() {
    return event;
  }

  JsonBytes payload() {
    return payload;
  }

  boolean hasMoreThanTheContract() {
    return more;
  }

  /** The event as JSON, with all fields that it has of the contract. */
  byte[] toData() {
    var fields = payload.toArray();
    var data =
        JsonBytes.of("{\"sessionId\":\"" + event.sessionId() + "\",\"childId\":")
            .add(event.childId().value())
            .add(",\"sequence\":")
            .add(event.sequence())
            .add(",\"occurredAt\":\"" + event.occurredAt() + '"');
    if (fields.length > 2) {
      data.add(',');
    }
    return data.add(fields, 1, fields.length).toArray();
  }
}
