package org.smileadventure.web.operations.people;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

/** What query-api tells admins of accounts, and does about them. */
@HttpExchange("/api/v1")
interface PeopleApi {
  record People(List<Person> users, @Nullable String nextCursor) {}

  @GetExchange("/users")
  People people(
      @RequestParam(required = false) @Nullable String email,
      @RequestParam(required = false) @Nullable String role,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam int limit,
      @RequestParam(required = false) @Nullable String cursor);

  @GetExchange("/users/{id}")
  Person person(@PathVariable long id);

  record Status(String status) {}

  @PutExchange("/users/{id}/status")
  void decide(@PathVariable long id, @RequestBody Status status);

  record Assignments(List<Assignment> assignments, @Nullable String nextCursor) {}

  @GetExchange("/assignments")
  Assignments assignments(
      @RequestParam(name = "child_id", required = false) @Nullable Long child,
      @RequestParam(name = "professional_id", required = false) @Nullable Long professional,
      @RequestParam int limit,
      @RequestParam(required = false) @Nullable String cursor);

  /** An assignment that is wanted; until is null but for a temporary one. */
  record NewAssignment(
      long childId,
      long professionalId,
      String assignmentType,
      @Nullable Instant until,
      Map<String, Boolean> permissions) {}

  @PostExchange("/assignments")
  Assignment assign(@RequestBody NewAssignment assignment);

  @DeleteExchange("/assignments/{id}")
  void end(@PathVariable long id);
}
