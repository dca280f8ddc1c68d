package org.smileadventure.common.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whatever comes from Kafka is an event or is refused: no record stops its partition. */
class PoisonRecordTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> NAMES =
      List.of(
          "ce_specversion",
          "ce_id",
          "ce_source",
          "ce_type",
          "ce_time",
          "ce_subject",
          "ce_Bad-1",
          "ce_",
          "ce_dataschema",
          "content-type",
          "other");
  private static final List<String> VALUES =
      List.of(
          "1.0",
          "0.3",
          "application/json",
          "application/cloudevents+json",
          "help.requested",
          "application/cloudevents-batch+json",
          "application/cloudevents+json; charset=no",
          "",
          ":",
          "2026-03-01T10:00:00Z");
  private static final int TRIES = 200;

  private final EventCodec codec = new EventCodec(InstantSource.fixed(ExampleEvents.NOW));
  private final PlainReader plain = new PlainReader(ExampleEvents.NOW);
  private final List<Map.Entry<SessionEvent, String>> fields =
      ExampleEvents.all()
          .flatMap(
              event -> data(event).propertyNames().stream().map(name -> Map.entry(event, name)))
          .toList();

  @RepeatedTest(10)
  void anyBytesUnderAnyHeadersAreReadOrRefused(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    for (int i = 0; i < TRIES; i++) {
      var message = Message.bare();
      for (int n = random.nextInt(9); n > 0; n--) {
        var name = HardValues.oneOf(NAMES, random);
        switch (random.nextInt(4)) {
          case 0 -> message.header(name, HardValues.text(random));
          case 1 -> message.header(name, (String) null);
          default -> message.header(name, HardValues.oneOf(VALUES, random));
        }
      }
      readOrRefuse(message.holding(bytes(random)));
    }
  }

  @RepeatedTest(10)
  void anyBytesInTheEnvelopeOfAnEventAreReadOrRefused(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    for (int i = 0; i < TRIES; i++) {
      var value = bytes(random);
      readOrRefuse(Message.binary("session.started").holding(value));
      readOrRefuse(Message.structured().holding(value));
    }
  }

  @RepeatedTest(10)
  void anyByteOfAnEventCanBeAnother(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    for (int i = 0; i < TRIES; i++) {
      var event = HardValues.oneOf(fields, random).getKey();
      var value = codec.encode("topic", event).value();
      for (int n = random.nextInt(4); n >= 0; n--) {
        value[random.nextInt(value.length)] = (byte) random.nextInt();
      }
      readOrRefuse(Message.binary(event.type().wireName()).holding(value));
    }
  }

  @RepeatedTest(10)
  void anyValueInAnyFieldIsReadOrRefused(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    for (int i = 0; i < TRIES; i++) {
      var field = HardValues.oneOf(fields, random);
      var type = field.getKey().type().wireName();
      var data = data(field.getKey());
      data.set(field.getValue(), JSON.readTree(HardValues.any(random)));
      readOrRefuse(Message.binary(type).holding(data.toString()));
      readOrRefuse(
          Message.structured()
              .holding(
                  """
                  {"specversion": "1.0", "id": "1", "source": "/game", "type": "%s", "data": %s}
                  """
                      .formatted(type, data)));
    }
  }

  @Test
  void anyCutOfAnEventIsReadOrRefused() {
    ExampleEvents.all()
        .forEach(
            event -> {
              var bytes = codec.encode("topic", event).value();
              for (int length = 0; length < bytes.length; length++) {
                var cut = new String(bytes, 0, length, UTF_8);
                readOrRefuse(Message.binary(event.type().wireName()).holding(cut));
              }
            });
  }

  /** A reader that goes by the schema and a tree sees the same events, and refuses the same. */
  @RepeatedTest(10)
  void eventIsWhatAPlainReaderSees(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    var events = 0;
    for (int i = 0; i < TRIES; i++) {
      var field = HardValues.oneOf(fields, random);
      var type = field.getKey().type();
      var text = shuffled(data(field.getKey()), field.getValue(), random);
      var event = read(type, text);
      assertThat(event).as(text).isEqualTo(plain.read(type, text));
      events += event == null ? 0 : 1;
    }
    assertThat(events).isBetween(1, TRIES - 1);
  }

  private @Nullable SessionEvent read(EventType type, String data) {
    try {
      return codec.decode(Message.binary(type.wireName()).holding(data)).event();
    } catch (InvalidEventException _) {
      return null;
    }
  }

  /** In another order, with another value in a field, which may be there twice. */
  private static String shuffled(ObjectNode data, String field, Random random) {
    var members = new ArrayList<String>();
    data.properties()
        .forEach(member -> members.add("\"" + member.getKey() + "\":" + member.getValue()));
    Collections.shuffle(members, random);
    var other = "\"" + field + "\": " + HardValues.oftenFitting(random);
    if (random.nextInt(4) > 0) {
      members.removeIf(member -> member.startsWith("\"" + field + "\""));
    }
    members.add(random.nextInt(members.size() + 1), other);
    return "{" + String.join(" , ", members) + "}";
  }

  private static byte[] bytes(Random random) {
    var bytes = new byte[random.nextInt(200)];
    random.nextBytes(bytes);
    return bytes;
  }

  private ObjectNode data(SessionEvent event) {
    return (ObjectNode) JSON.readTree(codec.encode("topic", event).value());
  }

  /** What is read is the same after it has been written again, and after it has been stored. */
  private void readOrRefuse(ConsumerRecord<String, byte @Nullable []> kafkaRecord) {
    try {
      var decoded = codec.decode(kafkaRecord);
      var event = decoded.event();
      assertThat(codec.decode(Message.of(codec.encode("topic", event))).event()).isEqualTo(event);
      var chunk = EventChunk.write(List.of(decoded, DecodedEvent.of(event)));
      assertThat(EventChunk.read(event.sessionId(), event.childId(), chunk))
          .containsExactly(event, event);
      assertThat(new String(chunk, UTF_8).getBytes(UTF_8)).as("UTF-8").isEqualTo(chunk);
    } catch (InvalidEventException refused) {
      assertThat(refused.detail()).isNotBlank().hasSizeLessThanOrEqualTo(500);
    }
  }
}
