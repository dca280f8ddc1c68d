package org.smileadventure.demo;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** A play session as the file tells it. */
record RecordedSession(
    String player,
    Instant startedAt,
    Duration duration,
    Duration paused,
    int activeEvents,
    int positiveEmotes,
    int neutralEmotes,
    int negativeEmotes,
    int helpOpened,
    List<Duration> achievements,
    String version) {

  private static final String FILE = "real-play-sessions.csv";

  Instant endedAt() {
    return startedAt.plus(duration);
  }

  static List<RecordedSession> all() {
    var file = Objects.requireNonNull(RecordedSession.class.getResourceAsStream(FILE), FILE);
    try (var reader = new InputStreamReader(file, StandardCharsets.UTF_8);
        var rows =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get().parse(reader)) {
      return rows.stream().map(RecordedSession::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RecordedSession of(CSVRecord row) {
    return new RecordedSession(
        row.get("player"),
        Instant.parse(row.get("started_at")),
        seconds(row.get("duration_seconds")),
        seconds(row.get("seconds_paused")),
        Integer.parseInt(row.get("active_events")),
        Integer.parseInt(row.get("positive_emotes")),
        Integer.parseInt(row.get("neutral_emotes")),
        Integer.parseInt(row.get("negative_emotes")),
        Integer.parseInt(row.get("help_opened")),
        Arrays.stream(row.get("achievement_seconds").split(" "))
            .filter(text -> !text.isEmpty())
            .map(RecordedSession::seconds)
            .toList(),
        row.get("version"));
  }

  private static Duration seconds(String text) {
    return Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000));
  }
}
