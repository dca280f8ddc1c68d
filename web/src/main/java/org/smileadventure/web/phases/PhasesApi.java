package org.smileadventure.web.phases;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PatchExchange;
import org.springframework.web.service.annotation.PostExchange;

/** What the API tells of the phases of a child, and takes about them. */
@HttpExchange("/api/v1/children/{id}")
interface PhasesApi {
  record Phases(List<Phase> items) {}

  @GetExchange("/phases")
  Phases phases(@PathVariable long id);

  @GetExchange("/phases/{phase}/comparison")
  PhaseEffects effects(
      @PathVariable long id,
      @PathVariable UUID phase,
      @RequestParam(required = false) @Nullable String figure);

  /** SVG in UTF-8, fit to stand in a page. */
  @GetExchange("/phases/{phase}/pictures/{figure}")
  byte[] picture(@PathVariable long id, @PathVariable UUID phase, @PathVariable String figure);

  @PostExchange("/phases")
  void add(@PathVariable long id, @RequestBody Map<String, @Nullable Object> phase);

  @PatchExchange(url = "/phases/{phase}", contentType = "application/merge-patch+json")
  void change(
      @PathVariable long id,
      @PathVariable UUID phase,
      @RequestBody Map<String, @Nullable Object> patch,
      @RequestHeader(HttpHeaders.IF_MATCH) String version);

  @DeleteExchange("/phases/{phase}")
  void remove(@PathVariable long id, @PathVariable UUID phase);
}
