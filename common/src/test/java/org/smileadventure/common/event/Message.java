package org.smileadventure.common.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** A Kafka record as the codec finds it, put together by hand. */
final class Message {
  private final RecordHeaders headers = new RecordHeaders();

  /** No headers yet. */
  static Message bare() {
    return new Message();
  }

  /** A CloudEvent in binary mode with all the attributes it needs. */
  static Message binary(String type) {
    return bare()
        .header("ce_specversion", "1.0")
        .header("ce_id", "1")
        .header("ce_source", "/smile-adventure/game")
        .header("ce_type", type)
        .header("content-type", "application/json");
  }

  static Message structured() {
    return bare().header("content-type", "application/cloudevents+json");
  }

  Message header(String name, @Nullable String value) {
    return header(name, value == null ? null : value.getBytes(UTF_8));
  }

  Message header(String name, byte @Nullable [] value) {
    headers.add(name, value);
    return this;
  }

  Message without(String header) {
    headers.remove(header);
    return this;
  }

  ConsumerRecord<String, byte @Nullable []> holding(@Nullable String value) {
    return holding(value == null ? null : value.getBytes(UTF_8));
  }

  ConsumerRecord<String, byte @Nullable []> holding(byte @Nullable [] value) {
    return received(value, headers);
  }

  /** What a consumer gets for what a producer has sent. */
  static ConsumerRecord<String, byte @Nullable []> of(ProducerRecord<String, byte[]> sent) {
    return received(sent.value(), sent.headers());
  }

  private static ConsumerRecord<String, byte @Nullable []> received(
      byte @Nullable [] value, Headers headers) {
    return new ConsumerRecord<String, byte @Nullable []>(
        "game-session-events",
        0,
        0,
        0,
        TimestampType.CREATE_TIME,
        0,
        0,
        "42",
        value,
        headers,
        Optional.empty());
  }
}
