package org.smileadventure.ingest.quarantine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.service.SqlFile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Puts on record who read what a record says, before it is shown; and where its key is a child, as
 * a look at the child.
 */
@Component
class Readings {
  private static final String NOTE = SqlFile.read(Readings.class, "note-reading.sql");
  private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,17}");

  private final JdbcClient jdbc;

  Readings(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void note(String topicId, ConsumerRecord<byte[], byte @Nullable []> kafkaRecord, String reader) {
    var key = kafkaRecord.key() == null ? "" : new String(kafkaRecord.key(), US_ASCII);
    jdbc.sql(NOTE)
        .param("topic_id", topicId)
        .param("id", kafkaRecord.offset())
        .param("reader", reader)
        .param("user", id(reader))
        .param("child", id(key))
        .query(_ -> {});
  }

  private static long id(String text) {
    return ID.matcher(text).matches() ? Long.parseLong(text) : 0;
  }
}
