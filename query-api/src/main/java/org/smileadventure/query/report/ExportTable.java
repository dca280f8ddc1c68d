package org.smileadventure.query.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smileadventure.query.answer.ChildRequest;
import org.smileadventure.query.answer.Csv;
import org.smileadventure.query.report.ExportedChild.Part;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An export of sessions as CSV. Its last line is there only if all the others are: the word {@code
 * complete}, the number of sessions, and the SHA-256 of every byte before it.
 */
final class ExportTable {
  private static final List<String> COLUMNS =
      List.of(
          "id",
          "session_type",
          "scenario_name",
          "started_at",
          "ended_at",
          "day",
          "completion_status",
          "duration_seconds",
          "active_seconds",
          "score",
          "interactions_count",
          "correct_responses",
          "incorrect_responses",
          "help_requests",
          "success_rate",
          "engagement_score",
          "distress_seconds",
          "recovery_seconds",
          "initial_emotion",
          "final_emotion",
          "parent_rating");
  private static final int DECIMALS = 2;

  private final ExportedChild children;
  private final JsonMapper json;
  private final ExportStream out;

  ExportTable(ExportedChild children, JsonMapper json, ExportStream out) {
    this.children = children;
    this.json = json;
    this.out = out;
  }

  void write(ChildRequest asked, ExportedChild.Profile profile) throws IOException {
    var csv = new Csv(new BufferedWriter(new OutputStreamWriter(out, UTF_8)));
    csv.row(COLUMNS.stream());
    var sessions =
        children.read(
            asked,
            profile,
            Part.SESSIONS,
            document -> {
              var session = json.readTree(document);
              csv.row(COLUMNS.stream().map(column -> cell(session.path(column))));
            });
    csv.flush();
    var end = new @Nullable Object[COLUMNS.size()];
    end[0] = "complete";
    end[1] = sessions;
    end[2] = out.sha256();
    csv.row(Arrays.stream(end));
    csv.flush();
  }

  private static @Nullable Object cell(JsonNode value) {
    return value.isNull() || value.isMissingNode()
        ? null
        : value.isNumber() ? Csv.rounded(value.decimalValue(), DECIMALS) : value.asString();
  }
}
