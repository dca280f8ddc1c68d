package org.smileadventure.ingest.quarantine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;

/**
 * Whose a record seems to be that holds no event: so that it can be found when all about the child
 * is erased.
 */
public final class ClaimedChild {
  private static final String ID = "([1-9][0-9]{0,17})";
  private static final Pattern KEY = Pattern.compile(ID);
  private static final Pattern FIELD =
      Pattern.compile("\"childId\"\\s*:\\s*\"?" + ID + "(?:\\.0+)?(?![0-9.eE])");

  private ClaimedChild() {}

  /** As its data say, or else its key; null if neither says anything. */
  public static @Nullable ChildId of(ConsumerRecord<byte[], byte @Nullable []> kafkaRecord) {
    var value = kafkaRecord.value();
    if (value != null) {
      var field = FIELD.matcher(new String(value, ISO_8859_1));
      if (field.find()) {
        return new ChildId(Long.parseLong(field.group(1)));
      }
    }
    var key = kafkaRecord.key();
    var text = key == null || key.length > 18 ? "" : new String(key, ISO_8859_1);
    return KEY.matcher(text).matches() ? new ChildId(Long.parseLong(text)) : null;
  }
}
