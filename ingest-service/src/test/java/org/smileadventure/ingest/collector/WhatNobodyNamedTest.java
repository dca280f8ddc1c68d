package org.smileadventure.ingest.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.ingest.fixture.EventTopic;
import org.smileadventure.ingest.fixture.ServiceUnderTest;
import org.smileadventure.ingest.fixture.StoredRows;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What games say that nobody asked for is kept nowhere, and values are no part of a reason. */
@RealServers
class WhatNobodyNamedTest {
  private static final String CANARY = "Qvintessa";
  private static final Instant NOON = Instant.parse("2025-05-05T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String DATABASE_URL = MigratedDatabase.newUrl();
  private static final JdbcClient DB = JdbcClient.create(MigratedDatabase.dataSource(DATABASE_URL));
  private static final StoredRows ROWS = new StoredRows(MigratedDatabase.dataSource(DATABASE_URL));
  private static final People PEOPLE = new People(DB);
  private static final ChildId SAM = PEOPLE.child(PEOPLE.parent("parent@example.org"), "UTC");

  @AutoClose private static final EventTopic TOPIC = new EventTopic();

  @AutoClose
  private static final ConfigurableApplicationContext SERVICE =
      new ServiceUnderTest(DATABASE_URL, LocalStack.shared().redis(), TOPIC.name()).start();

  private final Game game = Game.of(SERVICE, List.of(SAM));

  @Test
  void fieldsAndAttributesBeyondTheContractDoNotGetIntoKafka() {
    var play = Play.by(SAM, NOON).completed(7).events();
    for (var event : play) {
      var more = "{\"nickname\": \"" + CANARY + "\", " + Game.data(event).substring(1);
      var attributes =
          """
          {"specversion": "1.0", "id": "%s", "source": "/test", "type": "%s",
           "datacontenttype": "application/json; name=%s", "%s": "1", "player": "%s", "data": %s}
          """
              .formatted(
                  Game.id(event),
                  event.type().wireName(),
                  CANARY,
                  CANARY.toLowerCase(Locale.ROOT),
                  CANARY,
                  more);
      game.send(Game.STRUCTURED, attributes).allAccepted(1);
    }
    var again = Play.by(SAM, NOON).completed(7).events();
    for (var event : again) {
      game.send(
              "application/json; name=" + CANARY,
              Game.data(event),
              "ce-specversion",
              "1.0",
              "ce-id",
              Game.id(event),
              "ce-source",
              "/test",
              "ce-type",
              event.type().wireName(),
              "ce-player",
              CANARY)
          .allAccepted(1);
    }

    await().atMost(PATIENCE).until(() -> TOPIC.lag() == 0);
    assertThat(ROWS.events(List.of(play.getFirst().sessionId()))).isEqualTo(play);
    assertThat(ROWS.events(List.of(again.getFirst().sessionId()))).isEqualTo(again);
    var sent = TOPIC.events().stream().map(WhatNobodyNamedTest::shown).toList();
    assertThat(sent).hasSizeGreaterThanOrEqualTo(play.size() + again.size());
    assertThat(sent).noneMatch(record -> record.toLowerCase(Locale.ROOT).contains("qvintessa"));
    assertThat(sent).anyMatch(record -> record.contains(play.getFirst().sessionId().toString()));
  }

  @Test
  void bytesOfAnEventThatHasNothingMoreStayAsTheyCame() {
    var event = Play.by(SAM, NOON).events().getFirst();
    var spaced = " " + Game.data(event).replace(",", " ,\n ");
    game.send(
            "application/json",
            spaced,
            "ce-specversion",
            "1.0",
            "ce-id",
            Game.id(event),
            "ce-source",
            "/test",
            "ce-type",
            event.type().wireName())
        .allAccepted(1);
    assertThat(TOPIC.events()).anyMatch(r -> new String(r.value(), UTF_8).equals(spaced));
  }

  @Test
  void noValueStandsInAReason() {
    var before = TOPIC.quarantine().size();
    var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
    var event = Play.by(SAM, NOON).events().getFirst();
    var data = Game.data(event);
    for (var field : List.of("sessionId", "childId", "sequence", "occurredAt", "sessionType")) {
      for (var value :
          List.of("\"" + CANARY + "\"", "{\"" + CANARY + "\": 1}", "4711471147114711471")) {
        records.add(
            record(
                event,
                data.replaceFirst("(\"" + field + "\":)(\"[^\"]*\"|[0-9]+)", "$1" + value),
                Map.of()));
      }
    }
    records.add(record(event, data + CANARY, Map.of()));
    records.add(record(event, "{\"" + CANARY + "\": 1, \"" + CANARY + "\": 2}", Map.of()));
    records.add(record(event, "{\"" + CANARY + "\": [", Map.of()));
    records.add(record(event, "{\"" + CANARY + "\\ud800\": 1}", Map.of()));
    for (var attribute :
        List.of(
            "ce_type", "ce_source", "ce_time", "ce_dataschema", "ce_specversion", "content-type")) {
      records.add(record(event, data, Map.of(attribute, CANARY + " :")));
      records.add(record(event, data, Map.of(attribute, CANARY + "\u0007")));
    }
    records.add(record(event, data, Map.of("ce_" + CANARY + "-", CANARY)));
    records.add(
        record(
            event,
            "{\"specversion\": \"1.0\", \""
                + CANARY
                + "\": \""
                + CANARY
                + "\", \"datacontenttype\": \""
                + CANARY
                + "\"}",
            Map.of("content-type", "application/cloudevents+json")));
    TOPIC.sendRecords(records);

    await().atMost(PATIENCE).until(() -> TOPIC.lag() == 0);
    var aside = TOPIC.quarantine().stream().skip(before).toList();
    assertThat(aside).hasSize(records.size());
    assertThat(aside)
        .allSatisfy(
            r -> {
              var detail = new String(r.headers().lastHeader("smile-detail").value(), UTF_8);
              assertThat(detail)
                  .isNotBlank()
                  .doesNotContainIgnoringCase(CANARY)
                  .doesNotContain("4711");
            });
    // What they are kept for: they are there as they came.
    assertThat(aside).anyMatch(r -> shown(r).contains(CANARY));
    assertThat(
            DB.sql("SELECT detail FROM refused_events").query((row, _) -> row.getString(1)).list())
        .noneMatch(detail -> detail.contains(CANARY));
  }

  private static ProducerRecord<byte[], byte[]> record(
      SessionEvent event, String value, Map<String, String> headers) {
    var all = new RecordHeaders(TOPIC.record(event).headers().toArray());
    headers.forEach((name, text) -> all.remove(name).add(name, text.getBytes(UTF_8)));
    return new ProducerRecord<>(
        TOPIC.name(), 0, SAM.toString().getBytes(UTF_8), value.getBytes(UTF_8), all);
  }

  private static String shown(ConsumerRecord<byte[], byte[]> kafkaRecord) {
    var shown = new StringBuilder(new String(kafkaRecord.value(), UTF_8));
    for (var header : kafkaRecord.headers()) {
      shown.append('\n').append(header.key()).append(' ').append(new String(header.value(), UTF_8));
    }
    return shown.toString();
  }
}
