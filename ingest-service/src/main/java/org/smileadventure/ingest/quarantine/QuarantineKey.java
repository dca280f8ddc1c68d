package org.smileadventure.ingest.quarantine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;

/**
 * The key of a record in quarantine: whose it is, and where it came from. So each has its own, it
 * is the same when a batch is taken again, and those of a child can be deleted.
 */
final class QuarantineKey {
  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,17})/.*");

  /** Of nobody, and of no record: what is written under it goes with the next compaction. */
  static final byte[] OF_NOTHING = "0/".getBytes(UTF_8);

  private QuarantineKey() {}

  static byte[] of(@Nullable ChildId child, ConsumerRecord<?, ?> origin) {
    return "%s/%s-%d-%d"
        .formatted(
            child == null ? "0" : child.toString(),
            origin.topic(),
            origin.partition(),
            origin.offset())
        .getBytes(UTF_8);
  }

  /** The same for the same record that was set aside; of a record without a key it is empty. */
  static String text(ConsumerRecord<byte[], byte @Nullable []> kafkaRecord) {
    return kafkaRecord.key() == null ? "" : new String(kafkaRecord.key(), ISO_8859_1);
  }

  /** Whose a record of the quarantine is; null: nobody knows. */
  static @Nullable ChildId child(ConsumerRecord<byte[], byte @Nullable []> kafkaRecord) {
    var form = FORM.matcher(text(kafkaRecord));
    return form.matches() ? new ChildId(Long.parseLong(form.group(1))) : null;
  }
}
