package org.smileadventure.ingest.erasure;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.kafka.common.record.MemoryRecords;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ScanParams;

/** Looks for a text in what servers keep, byte by byte. */
final class KeptBytes {
  private KeptBytes() {}

  /** Whether a file below this directory has it. What is deleted meanwhile has not. */
  static boolean inFiles(Path directory, String text) {
    return files(directory).anyMatch(file -> has(file, text));
  }

  /** The same for the segments of a topic, of which Kafka compresses the records. */
  static boolean inTopic(Path data, String topic, String text) {
    try (var all = Files.list(data)) {
      return all.filter(partition -> partition.getFileName().toString().matches(topic + "-\\d+"))
          .anyMatch(
              partition ->
                  inFiles(partition, text)
                      || files(partition)
                          .filter(file -> file.getFileName().toString().contains(".log"))
                          .anyMatch(segment -> inRecords(segment, text)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean inRecords(Path segment, String text) {
    try {
      // What Kafka writes meanwhile is not in the copy; the batch that it is at is left out.
      var records = MemoryRecords.readableRecords(ByteBuffer.wrap(Files.readAllBytes(segment)));
      for (var kafkaRecord : records.records()) {
        if (has(kafkaRecord.key(), text) || has(kafkaRecord.value(), text)) {
          return true;
        }
        for (var header : kafkaRecord.headers()) {
          if (header.value() != null && new String(header.value(), ISO_8859_1).contains(text)) {
            return true;
          }
        }
      }
      return false;
    } catch (NoSuchFileException _) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean has(@Nullable ByteBuffer bytes, String text) {
    return bytes != null && ISO_8859_1.decode(bytes.duplicate()).toString().contains(text);
  }

  private static Stream<Path> files(Path directory) {
    try (var all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).toList().stream();
    } catch (IOException | UncheckedIOException _) {
      // Something went while it was listed.
      return files(directory);
    }
  }

  private static boolean has(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), ISO_8859_1).contains(text);
    } catch (NoSuchFileException _) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a key of Redis, or what is under it, has it. */
  static boolean inRedis(URI address, String text) {
    try (var redis = new Jedis(address)) {
      var cursor = ScanParams.SCAN_POINTER_START;
      do {
        var page = redis.scan(cursor);
        for (var key : page.getResult()) {
          var dump = redis.dump(key);
          if (key.contains(text) || (dump != null && new String(dump, ISO_8859_1).contains(text))) {
            return true;
          }
        }
        cursor = page.getCursor();
      } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
      return false;
    }
  }
}
