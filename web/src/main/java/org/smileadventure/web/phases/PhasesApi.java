package org.smileadventure.web.phases;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** What the API tells of what began for a child, and takes about it. */
@HttpExchange("/api/v1/children/{id}")
interface PhasesApi {
  record Phases(List<Phase> items) {}

  @GetExchange("/phases")
  Phases phases(@PathVariable long id);

  @GetExchange("/phases/{phase}/comparison")
  PhaseComparison comparison(
      @PathVariable long id, @PathVariable UUID phase, @RequestParam String days);

  /** As it was typed; null: nothing. */
  record NewPhase(@Nullable String day, @Nullable String kind, @Nullable String label) {}

  @PostExchange("/phases")
  void add(@PathVariable long id, @RequestBody NewPhase phase);

  @DeleteExchange("/phases/{phase}")
  void remove(@PathVariable long id, @PathVariable UUID phase);
}
