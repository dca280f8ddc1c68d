package org.smileadventure.common.event;

import com.ethlo.time.ITU;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.core.message.Encoding;
import io.cloudevents.core.message.MessageReader;
import io.cloudevents.rw.CloudEventContextWriter;
import io.cloudevents.rw.CloudEventRWException;
import io.cloudevents.rw.CloudEventWriter;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What is used of a CloudEvent. */
record Envelope(String type, @Nullable CloudEventData data) {

  /**
   * Lets the CloudEvents library read, without having it build an event of which the greater part
   * would not be looked at: with each event that counts.
   *
   * @throws CloudEventRWException if this is no CloudEvent
   */
  static Envelope read(MessageReader reader) {
    return reader.getEncoding() == Encoding.STRUCTURED
        ? of(reader.toEvent())
        : reader.read(_ -> new Attributes());
  }

  static Envelope of(CloudEvent event) {
    return new Envelope(event.getType(), event.getData());
  }

  private static final class Attributes implements CloudEventWriter<Envelope> {
    private @Nullable String id;
    private @Nullable URI source;
    private @Nullable String type;

    @Override
    public CloudEventContextWriter withContextAttribute(String name, String value) {
      switch (name) {
        case "id" -> id = value;
        case "source" -> source = URI.create(value);
        case "type" -> type = value;
        case "time" -> {
          if (!ITU.isValid(value)) {
            throw CloudEventRWException.newInvalidAttributeValue(
                name, value, new IllegalArgumentException("not an RFC 3339 time"));
          }
        }
        default -> {}
      }
      return this;
    }

    @Override
    public Envelope end(CloudEventData data) {
      return envelope(data);
    }

    @Override
    public Envelope end() {
      return envelope(null);
    }

    private Envelope envelope(@Nullable CloudEventData data) {
      required("id", id);
      required("source", source);
      return new Envelope(required("type", type), data);
    }

    private static <V> V required(String name, @Nullable V value) {
      if (value == null) {
        throw CloudEventRWException.newOther("attribute '" + name + "' is missing");
      }
      return value;
    }
  }
}
