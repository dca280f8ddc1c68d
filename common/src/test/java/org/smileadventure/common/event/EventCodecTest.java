package org.smileadventure.common.event;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.smileadventure.common.event.ExampleEvents.NOW;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.common.event.Payload.EmotionObserved;
import org.smileadventure.common.event.Payload.EmotionalState;
import org.smileadventure.common.event.Payload.HelpRequested;
import org.smileadventure.common.event.Payload.InteractionRecorded;
import org.smileadventure.common.event.Payload.Outcome;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class EventCodecTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String DEEP = "[".repeat(100_000);

  private final EventCodec codec = new EventCodec(InstantSource.fixed(NOW));

  static Stream<SessionEvent> examples() {
    return ExampleEvents.all();
  }

  static Stream<InvalidData> invalid() {
    return InvalidData.all();
  }

  @Test
  void everyTypeHasAnExample() {
    assertThat(examples().<Class<?>>map(event -> event.payload().getClass()).distinct())
        .containsExactlyInAnyOrder(Payload.class.getPermittedSubclasses());
    assertThat(examples().map(SessionEvent::type)).contains(EventType.values());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void whatWasEncodedIsDecoded(SessionEvent event) throws InvalidEventException {
    assertThat(codec.decode(Message.of(codec.encode("topic", event))).event()).isEqualTo(event);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void structuredModeIsDecodedLikeBinaryMode(SessionEvent event) throws InvalidEventException {
    var envelope = JSON.createObjectNode();
    envelope
        .put("specversion", "1.0")
        .put("id", "1")
        .put("source", "/smile-adventure/game")
        .put("type", event.type().wireName())
        .put("datacontenttype", "application/json")
        .set("data", data(event));
    assertThat(codec.decode(Message.structured().holding(envelope.toString())).event())
        .isEqualTo(event);
  }

  @Test
  void encodedEventIsABinaryCloudEventKeyedByItsChild() {
    var sent = codec.encode("topic", ExampleEvents.of(new HelpRequested("step-1")));
    assertThat(sent.topic()).isEqualTo("topic");
    assertThat(sent.key()).isEqualTo("42");
    assertThat(
            Stream.of(sent.headers().toArray())
                .collect(Collectors.toMap(h -> h.key(), h -> new String(h.value(), UTF_8))))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "ce_specversion", "1.0",
                "ce_id", "019ca8e0-7b00-7abc-8def-0123456789ab/7",
                "ce_source", "/smile-adventure/game",
                "ce_type", "help.requested",
                "ce_subject", "42",
                "ce_time", "2026-03-01T09:59:59.123456Z",
                "content-type", "application/json"));
    assertThat(JSON.readTree(sent.value()))
        .isEqualTo(
            JSON.readTree(
                """
                {"stepId": "step-1", "sessionId": "019ca8e0-7b00-7abc-8def-0123456789ab",
                 "childId": 42, "sequence": 7, "occurredAt": "2026-03-01T09:59:59.123456Z"}
                """));
  }

  @Test
  void unknownFieldsAreDropped() throws InvalidEventException {
    var event = ExampleEvents.of(new HelpRequested("step-1"));
    var decoded =
        codec.decode(
            Message.binary("help.requested")
                .header("ce_newextension", "1")
                .holding(data(event).put("newField", "1").toString()));
    assertThat(decoded.event()).isEqualTo(event);
    assertThat(decoded.payload()).hasToString("{\"stepId\":\"step-1\"}");
  }

  @Test
  void absentFieldsAreNotStored() {
    assertThat(codec.payloadJson(ExampleEvents.of(new HelpRequested(null))))
        .asString(UTF_8)
        .isEqualTo("{}");
  }

  @ParameterizedTest
  @CsvSource({"neutral,CALM", "nervous,ANXIOUS", "confused,CONFUSED"})
  void olderNamesOfEmotionsAreReadAsTheNewOnes(String word, EmotionalState state)
      throws InvalidEventException {
    var event = ExampleEvents.of(new EmotionObserved(state, 3, null, null));
    assertThat(decode(event.type(), data(event).put("state", word))).isEqualTo(event);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T09:00:00.123456789Z,        2026-03-01T09:00:00.123456Z",
    "2026-03-01T10:00:00.9999999+01:00,     2026-03-01T09:00:00.999999Z",
    "2000-01-01T00:00:00.999999999Z,        2000-01-01T00:00:00.999999Z"
  })
  void timesAreCutToMicroseconds(String sent, String read) throws InvalidEventException {
    var event = ExampleEvents.of(new HelpRequested(null));
    assertThat(decode(event.type(), data(event).put("occurredAt", sent)).occurredAt())
        .hasToString(read);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("invalid")
  void invalidDataIsRefusedByTheNameOfItsField(InvalidData invalid) {
    var refused = refused(invalid.type(), spoilt(invalid));
    assertThat(refused.reason()).isEqualTo(Rejection.SCHEMA_VIOLATION);
    assertThat(refused.detail()).startsWith(invalid.field());
  }

  @Test
  void valueOutOfItsRangeIsToldWithTheRange() {
    var data = data(ExampleEvents.of(new EmotionObserved(EmotionalState.CALM, 1, null, null)));
    assertThat(refused(EventType.EMOTION_OBSERVED, data.put("intensity", 6)).detail())
        .isEqualTo("intensity must be from 1 to 5");
  }

  @Test
  void wordThatIsNotKnownIsToldWithThoseThatAre() {
    var data = data(ExampleEvents.of(new InteractionRecorded(null, Outcome.CORRECT, null, null)));
    assertThat(refused(EventType.INTERACTION_RECORDED, data.put("outcome", "right")).detail())
        .isEqualTo("outcome must be one of correct, incorrect, neutral");
  }

  @ParameterizedTest
  @CsvSource({
    "help.requested,  {\"stepId\":\"a\\u0000b\"},      stepId must not hold a NUL character",
    "help.requested,  {\"stepId\":\"\\ud83d\"},        stepId must not hold an unpaired surrogate",
    "help.requested,  {\"stepId\":\"\\ude00\\ud83d\"}, stepId must not hold an unpaired surrogate",
    "parent.rated, '{\"rating\":1,\"observedBehavior\":{\"a\":[{\"\\u0000\":1}]}}',"
        + " observedBehavior must not hold a NUL character",
    "parent.rated, '{\"rating\":1,\"observedBehavior\":{\"a\":[\"\\udfff\"]}}', observedBehavior"
        + " must not hold an unpaired surrogate",
    "parent.rated, '{\"rating\":1,\"observedBehavior\":{\"a\":-1e400}}', observedBehavior must not"
        + " hold a number beyond 1.8e308"
  })
  void whatPostgresCannotKeepIsRefused(String type, String fields, String detail) {
    var data =
        """
        {"sessionId": "019ca8e0-7b00-7abc-8def-0123456789ab", "childId": 7, "sequence": 1,
         "occurredAt": "2026-03-01T09:00:00Z", %s
        """
            .formatted(fields.substring(1));
    var refused = refused(Message.binary(type).holding(data));
    assertThat(refused.reason()).isEqualTo(Rejection.SCHEMA_VIOLATION);
    assertThat(refused.detail()).isEqualTo(detail);
  }

  @Test
  void payloadIsKeptAsItCameWithoutWhatIsNotItsOwn() throws InvalidEventException {
    var decoded =
        codec.decode(
            Message.binary("session.started")
                .holding(
                    """
                    { "extra": {"scenarioName": 1}, "scenarioName" : "caf\\u00e9 \\"1\\" é\uD83D\uDE00",
                      "sessionId":"019ca8e0-7b00-7abc-8def-0123456789ab", "childId": 7.0, "scenarioId":null,
                      "deviceModel": "A  B", "sequence":1e0, "sessionType": "dental_visit" ,
                      "initialEmotion":"nervous", "appVersion": "1", "deviceType": null,
                      "occurredAt": "2026-03-01T10:00:00+01:00", "supportPersonPresent": true}
                    """));
    assertThat(decoded.event().sequence()).isEqualTo(1);
    assertThat(decoded.event().childId()).isEqualTo(new ChildId(7));
    assertThat(decoded.payload())
        .hasToString(
            "{\"scenarioName\":\"café \\\"1\\\" é\uD83D\uDE00\",\"deviceModel\":\"A  B\","
                + "\"sessionType\":\"dental_visit\",\"initialEmotion\":\"anxious\","
                + "\"appVersion\":\"1\",\"supportPersonPresent\":true}");
  }

  @Test
  void missingFieldIsSaidToBeMissing() {
    var data = data(ExampleEvents.of(new HelpRequested(null)));
    data.remove("sequence");
    assertThat(refused(EventType.HELP_REQUESTED, data).detail())
        .isEqualTo("sequence must be an integer from 1 to 100000 and is missing");
  }

  @Test
  void foundValueIsNotShown() {
    var data = data(ExampleEvents.of(new HelpRequested(null)));
    assertThat(refused(EventType.HELP_REQUESTED, data.put("childId", "7")).detail())
        .isEqualTo("childId must be an integer from 1 to 9223372036854775807");
  }

  @Test
  void anEventMayBeADayAhead() throws InvalidEventException {
    var event = ExampleEvents.of(new HelpRequested(null));
    var dayAhead = NOW.plus(Duration.ofDays(1));
    assertThat(decode(event.type(), data(event).put("occurredAt", dayAhead.toString())))
        .extracting(SessionEvent::occurredAt)
        .isEqualTo(dayAhead);
  }

  @Test
  void anEventMoreThanADayAheadIsRefused() {
    var data =
        data(ExampleEvents.of(new HelpRequested(null))).put("occurredAt", "2031-01-01T00:00:00Z");
    var refused = refused(EventType.HELP_REQUESTED, data);
    assertThat(refused.reason()).isEqualTo(Rejection.CLOCK_WRONG);
    assertThat(refused.detail())
        .isEqualTo("occurredAt is more than a day ahead of the server; check the device's clock");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0001-01-01T00:00:00Z", "1970-01-01T00:00:10Z", "1999-12-31T23:59:59Z"})
  void theTimeOfAClockThatWasNeverSetIsRefused(String time) {
    var data = data(ExampleEvents.of(new HelpRequested(null))).put("occurredAt", time);
    assertThat(refused(EventType.HELP_REQUESTED, data).reason()).isEqualTo(Rejection.CLOCK_WRONG);
  }

  @ParameterizedTest
  @CsvSource({"startedAt,0001-01-01T00:00:00Z", "completedAt,9999-12-31T23:59:59Z"})
  void theClockOfAnActivityIsCheckedToo(String field, String time) {
    var activity =
        examples().filter(e -> e.type() == EventType.ACTIVITY_RECORDED).findFirst().orElseThrow();
    var refused = refused(activity.type(), data(activity).put(field, time));
    assertThat(refused.reason()).isEqualTo(Rejection.CLOCK_WRONG);
    assertThat(refused.detail()).startsWith(field + " is ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"session.exploded", "SESSION.STARTED", "session.started.v2"})
  void unknownTypeIsRefused(String type) {
    var refused = refused(Message.binary(type).holding("{}"));
    assertThat(refused.reason()).isEqualTo(Rejection.UNKNOWN_TYPE);
    assertThat(refused.detail()).isEqualTo("type must be one of the contract");
  }

  static Stream<Arguments> malformed() {
    var binary = "help.requested";
    return Stream.of(
        Arguments.of("a tombstone", Message.bare().holding((String) null)),
        Arguments.of("a tombstone, binary", Message.binary(binary).holding((String) null)),
        Arguments.of("a tombstone, structured", Message.structured().holding((String) null)),
        Arguments.of("no headers", Message.bare().holding("{}")),
        Arguments.of("no bytes", Message.binary(binary).holding("")),
        Arguments.of("not JSON", Message.binary(binary).holding("sessionId=1")),
        Arguments.of("not UTF-8", Message.binary(binary).holding(new byte[] {'"', -1, -2, '"'})),
        Arguments.of("UTF-16", Message.binary(binary).holding("{}".getBytes(UTF_16LE))),
        Arguments.of("a JSON array", Message.binary(binary).holding("[]")),
        Arguments.of("a JSON string", Message.binary(binary).holding("\"a\"")),
        Arguments.of("a JSON null", Message.binary(binary).holding("null")),
        Arguments.of("a cut object", Message.binary(binary).holding("{\"sessionId\":")),
        Arguments.of("two objects", Message.binary(binary).holding("{} {}")),
        Arguments.of("deep arrays", Message.binary(binary).holding(DEEP)),
        Arguments.of("deep objects", Message.binary(binary).holding("{\"a\":".repeat(100_000))),
        Arguments.of("deep in a field", Message.binary(binary).holding("{\"stepId\":" + DEEP)),
        Arguments.of("a number without end", Message.binary(binary).holding("9".repeat(9_999))),
        Arguments.of("no id", Message.binary(binary).without("ce_id").holding("{}")),
        Arguments.of("no type", Message.binary(binary).without("ce_type").holding("{}")),
        Arguments.of(
            "null in a header",
            Message.binary(binary).without("ce_id").header("ce_id", (byte[]) null).holding("{}")),
        Arguments.of(
            "null as content type",
            Message.binary(binary)
                .without("content-type")
                .header("content-type", (byte[]) null)
                .holding("[]")),
        Arguments.of(
            "null as version",
            Message.bare().header("ce_specversion", (byte[]) null).holding("{}")),
        Arguments.of(
            "a version of the future",
            Message.binary(binary)
                .without("ce_specversion")
                .header("ce_specversion", "9")
                .holding("{}")),
        Arguments.of("a bad time", Message.binary(binary).header("ce_time", "noon").holding("{}")),
        Arguments.of(
            "a bad source",
            Message.binary(binary).without("ce_source").header("ce_source", ":").holding("{}")),
        Arguments.of("structured, not JSON", Message.structured().holding("sessionId=1")),
        Arguments.of("structured, no bytes", Message.structured().holding("")),
        Arguments.of("structured, an array", Message.structured().holding("[]")),
        Arguments.of("structured, a null", Message.structured().holding("null")),
        Arguments.of("structured, empty", Message.structured().holding("{}")),
        Arguments.of("structured, deep", Message.structured().holding(DEEP)),
        Arguments.of("structured, no data", structured("\"x\": 1")),
        Arguments.of("structured, a null as data", structured("\"data\": null")),
        Arguments.of("structured, a string as data", structured("\"data\": \"{}\"")),
        Arguments.of("structured, an array as data", structured("\"data\": [1]")),
        Arguments.of("structured, bad base64", structured("\"data_base64\": \"%%\"")),
        Arguments.of("structured, deep data", structured("\"data\": {\"a\":" + DEEP)),
        Arguments.of("structured, a number as id", structured("\"id\": [], \"data\": {}")),
        Arguments.of(
            "structured, another format",
            Message.bare().header("content-type", "application/cloudevents+xml").holding("<a/>")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void malformedRecordIsRefused(
      String what, ConsumerRecord<String, byte @Nullable []> kafkaRecord) {
    var refused = refused(kafkaRecord);
    assertThat(refused.reason()).as(what).isEqualTo(Rejection.MALFORMED);
    assertThat(refused.detail()).isNotBlank().hasSizeLessThanOrEqualTo(500);
  }

  private static ConsumerRecord<String, byte @Nullable []> structured(String member) {
    return Message.structured()
        .holding(
            """
            {"specversion": "1.0", "id": "1", "source": "/game", "type": "help.requested", %s}
            """
                .formatted(member));
  }

  private ObjectNode data(SessionEvent event) {
    return (ObjectNode) JSON.readTree(codec.encode("topic", event).value());
  }

  private ObjectNode spoilt(InvalidData invalid) {
    var data =
        data(examples().filter(event -> event.type() == invalid.type()).findFirst().orElseThrow());
    invalid.spoil().accept(data);
    return data;
  }

  private SessionEvent decode(EventType type, ObjectNode data) throws InvalidEventException {
    return codec.decode(Message.binary(type.wireName()).holding(data.toString())).event();
  }

  private InvalidEventException refused(EventType type, ObjectNode data) {
    return refused(Message.binary(type.wireName()).holding(data.toString()));
  }

  private InvalidEventException refused(ConsumerRecord<String, byte @Nullable []> kafkaRecord) {
    var refused =
        catchThrowableOfType(InvalidEventException.class, () -> codec.decode(kafkaRecord));
    assertThat(refused).as("the refusal").isNotNull();
    return refused;
  }
}
