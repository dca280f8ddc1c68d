package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.Payload.EmotionalState;
import org.smileadventure.common.event.Payload.Outcome;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.ServiceUnderTest.Family;
import tools.jackson.databind.JsonNode;

@RealServers
class ReportTest {
  private static final Instant NOW = Instant.parse("2026-05-20T10:00:00Z");

  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

  private final Family family = improving();
  private final String path = "/api/v1/children/" + family.child();

  /** Twelve days of play, each better than the one before; the child's name is one of a formula. */
  private static Family improving() {
    SERVICE.clock().set(NOW);
    var family = SERVICE.family("Europe/Rome");
    SERVICE
        .db()
        .sql("UPDATE children SET name = '=Zoë Łuc' WHERE id = ?")
        .param(family.child().value())
        .update();
    for (int day = 0; day < 12; day++) {
      StoredHistory.store(
          SERVICE.db(),
          Play.by(family.child(), NOW.minus(12 - day, ChronoUnit.DAYS))
              .interactions(10, Outcome.CORRECT)
              .then(Play.brushing(10, EmotionalState.ANXIOUS, EmotionalState.CALM, 6, 4))
              .completed(40 + 4 * day)
              .events());
    }
    return family;
  }

  @Test
  void figuresAreThoseOfTheAnalyticsAndSentencesFollowFromThem() {
    var report = SERVICE.get(path + "/report?window=30d", family.token()).ok();
    var analytics = SERVICE.get(family.analytics("30d"), family.token()).ok();

    var score = line(report, "score");
    assertThat(score.path("value")).isEqualTo(analytics.path("score").path("mean"));
    assertThat(score.path("n")).isEqualTo(analytics.path("score").path("n"));
    assertThat(score.path("trend").asString()).isEqualTo("improving");
    assertThat(score.path("slope_low"))
        .isEqualTo(analytics.path("score").path("trend").path("interval").path("low"));
    assertThat(line(report, "points").path("value").doubleValue()).isEqualTo(120);
    assertThat(texts(report, "going_well"))
        .anySatisfy(
            sentence -> assertThat(sentence).startsWith("Score gets better: by 28 points a week"))
        .contains(
            "“dental_hygiene” is mastered: after 3 tries, three in a row had at least 80 of 100 answers right.")
        .contains("After 12 of 12 activities the child felt better than before, after 0 worse.");
    assertThat(texts(report, "look_after")).isEmpty();
    assertThat(texts(report, "suggestions"))
        .contains("Try something harder: 100 of 100 answers are right.");
    assertThat(report.path("child_name").asString()).isEqualTo("=Zoë Łuc");
  }

  @Test
  void tableHoldsTheSameAndNoFormula() throws IOException {
    var report = SERVICE.get(path + "/report?window=30d", family.token()).ok();
    var reply = SERVICE.get(path + "/report?window=30d&format=csv", family.token());

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).isEqualTo("text/csv;charset=UTF-8");
    assertThat(reply.header("Content-Disposition")).startsWith("attachment; filename=\"progress-");
    var records = CSVFormat.RFC4180.parse(new StringReader(reply.body())).getRecords();
    assertThat(records).contains(records.getFirst());
    assertThat(named(records, "score").get(2)).isEqualTo("62");
    assertThat(named(records, "completed sessions").get(2)).isEqualTo("12");
    for (var line : report.path("figures")) {
      var exact = line.path("value").decimalValue(BigDecimal.ZERO);
      var written = named(records, line.path("figure").asString()).get(2);
      if (!written.isEmpty()) {
        assertThat(written).matches("[0-9]+(\\.[0-9])?").doesNotEndWith(".0");
        assertThat(new BigDecimal(written)).isCloseTo(exact, within(new BigDecimal("0.05")));
      }
    }
    assertThat(named(records, "name").get(2)).isEqualTo("'=Zoë Łuc");
    assertThat(reply.body())
        .startsWith("\uFEFF\"section\",\"figure\"")
        .contains("\"figures\",\"completed sessions\",12,\"sessions\"");
    assertThat(records.stream().filter(r -> r.get(0).equals("going_well")))
        .hasSize(texts(report, "going_well").size());
  }

  @Test
  void paperHoldsTheSameWithLettersOfManyLanguages() throws IOException, InterruptedException {
    var address = URI.create(SERVICE.address() + path + "/report?window=30d&format=pdf");
    var request =
        HttpRequest.newBuilder(address).header("Authorization", "Bearer " + family.token()).build();
    try (var http = HttpClient.newHttpClient()) {
      var reply = http.send(request, BodyHandlers.ofByteArray());
      assertThat(reply.headers().firstValue("Content-Type")).contains("application/pdf");
      try (var pdf = Loader.loadPDF(reply.body())) {
        assertThat(new PDFTextStripper().getText(pdf))
            .contains("Progress of =Zoë Łuc", "Score gets better", "62 points");
      }
    }
  }

  @Test
  void formatThatThereIsNotIsNamed() {
    var problem = SERVICE.get(path + "/report?format=docx", family.token()).problem(400);
    assertThat(problem.path("parameter").asString()).isEqualTo("format");
    SERVICE.get(path + "/export?format=pdf", family.token()).problem(400);
  }

  private static JsonNode line(JsonNode report, String figure) {
    return report
        .path("figures")
        .valueStream()
        .filter(line -> line.path("figure").asString().equals(figure))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> texts(JsonNode report, String field) {
    return report.path(field).valueStream().map(JsonNode::asString).toList();
  }

  private static CSVRecord named(List<CSVRecord> records, String figure) {
    return records.stream().filter(r -> r.get(1).equals(figure)).findFirst().orElseThrow();
  }
}
