package org.smileadventure.query.accounts;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.query.answer.Answers;
import org.smileadventure.query.answer.Asked;
import org.smileadventure.query.page.Page;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Accounts, for admins: who has one, and whether it may be used. */
@RestController
class UsersEndpoint {
  private final Answers answers;
  private final Users users;

  UsersEndpoint(Answers answers, Users users) {
    this.answers = answers;
    this.users = users;
  }

  /** A page of accounts, by number. */
  record UserPage(
      List<Users.User> users, @Nullable String nextCursor, int limit, Instant computedAt) {}

  @Operation(summary = "Accounts")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = UserPage.class)))
  @GetMapping("/api/v1/users")
  ResponseEntity<byte[]> users(
      Asked asked, Page page, @Valid @ParameterObject Users.Filter filter) {
    var cut = users.find(filter, page, asked.viewer());
    return answers.of(
        new UserPage(cut.items(), cut.next(), page.limit(), answers.now()), asked.fields());
  }

  @Operation(summary = "An account")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Users.User.class)))
  @GetMapping("/api/v1/users/{id}")
  ResponseEntity<byte[]> user(@PathVariable long id, Asked asked) {
    return answers.of(
        users.find(id, asked.viewer()).orElseThrow(() -> notFound(id)), asked.fields());
  }

  record Status(@NotNull @Pattern(regexp = "active|inactive|suspended") String status) {}

  @Operation(summary = "Lets an account be used, or not; its logins end if it is not")
  @ApiResponse(responseCode = "204", description = "It counts from now on")
  @ApiResponse(responseCode = "409", description = "It is the account of who asks, or is closed")
  @PutMapping("/api/v1/users/{id}/status")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void set(@PathVariable long id, @Valid @RequestBody Status status, Asked asked) {
    if (id == asked.viewer().id() && !status.status().equals("active")) {
      throw new ProblemException(
          HttpStatus.CONFLICT, "nobody locks themselves out; ask another admin");
    }
    if (!users.decide(id, status.status(), asked.viewer())) {
      throw notFound(id);
    }
  }

  private static ProblemException notFound(long id) {
    return new ProblemException(HttpStatus.NOT_FOUND, "there is no user " + id);
  }
}
