package org.smileadventure.query.analytics;

import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.smileadventure.query.answer.ChildAnswers.Found;
import org.smileadventure.query.answer.ChildRequest;
import org.smileadventure.query.answer.Fields;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * How a child's play goes in a window, all of it or one side of it. The sides are parts of one
 * answer: it is computed and cached once.
 */
@RestController
class AnalyticsEndpoint {
  private static final String FRAME = ",child_id,window,days,computed_at";
  private static final Fields TRENDS =
      Fields.parse(
          "score,engagement,success,duration,recovery,completion_rate,forecast,consistency,"
              + "attention,best_time,cohort"
              + FRAME);
  private static final Fields EMOTIONS = Fields.parse("emotions,recovery,distress" + FRAME);
  private static final Fields TRIGGERS = Fields.parse("triggers" + FRAME);
  private static final Fields STRATEGIES = Fields.parse("strategies,support" + FRAME);
  private static final Fields SCENARIOS = Fields.parse("learning,totals.by_type" + FRAME);

  private final PeriodAnswers answers;
  private final AnalyticsReader windows;

  AnalyticsEndpoint(PeriodAnswers answers, AnalyticsReader windows) {
    this.answers = answers;
    this.windows = windows;
  }

  @Operation(summary = "All figures of a child in a window")
  @Analytics
  @GetMapping("/api/v1/children/{id}/analytics")
  ResponseEntity<byte[]> analytics(ChildRequest asked, Period period) {
    return answer(asked, null, period);
  }

  @Operation(
      summary = "How score, engagement, success, duration and recovery go, and the next score")
  @Analytics
  @GetMapping("/api/v1/children/{id}/trends")
  ResponseEntity<byte[]> trends(ChildRequest asked, Period period) {
    return answer(asked, TRENDS, period);
  }

  @Operation(summary = "Which emotions were seen, for how long, and what they turned into")
  @Analytics
  @GetMapping("/api/v1/children/{id}/emotions")
  ResponseEntity<byte[]> emotions(ChildRequest asked, Period period) {
    return answer(asked, EMOTIONS, period);
  }

  @Operation(summary = "What comes before distress more often than chance would have it")
  @Analytics
  @GetMapping("/api/v1/children/{id}/triggers")
  ResponseEntity<byte[]> triggers(ChildRequest asked, Period period) {
    return answer(asked, TRIGGERS, period);
  }

  @Operation(summary = "What helps: strategies of regulation, and somebody at the child's side")
  @Analytics
  @GetMapping("/api/v1/children/{id}/strategies")
  ResponseEntity<byte[]> strategies(ChildRequest asked, Period period) {
    return answer(asked, STRATEGIES, period);
  }

  @Operation(summary = "How fast each scenario is learned, and how often each type is played")
  @Analytics
  @GetMapping("/api/v1/children/{id}/scenarios")
  ResponseEntity<byte[]> scenarios(ChildRequest asked, Period period) {
    return answer(asked, SCENARIOS, period);
  }

  private ResponseEntity<byte[]> answer(ChildRequest asked, @Nullable Fields side, Period period) {
    var request = side == null ? asked : asked.within(side);
    return answers.answer(request, "analytics", period, now -> find(asked, period, now));
  }

  private Optional<Found> find(ChildRequest asked, Period period, Instant now) {
    return windows
        .read(asked.viewer(), asked.child(), period, now)
        .map(read -> new Found(read.analytics(), read.validUntil()));
  }
}
