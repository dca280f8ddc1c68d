package org.smileadventure.query.operations;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Instant;
import java.util.List;
import org.smileadventure.query.answer.Answers;
import org.smileadventure.query.answer.Asked;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What operators ask; for admins. Nothing in these answers is about a child. */
@RestController
class OperationsEndpoints {
  private final Answers answers;
  private final StoredData data;
  private final Instances instances;
  private final Promises promises;

  OperationsEndpoints(Answers answers, StoredData data, Instances instances, Promises promises) {
    this.answers = answers;
    this.data = data;
    this.instances = instances;
    this.promises = promises;
  }

  @Operation(summary = "What is stored, what waits to be summarised, and what differed")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = StoredData.Data.class)))
  @GetMapping("/api/v1/operations/data")
  ResponseEntity<byte[]> data(Asked asked) {
    return answers.of(data.read(), asked.fields());
  }

  record InstanceList(List<Instances.Instance> items, Instant computedAt) {}

  @Operation(summary = "The instances of the services that were heard of in the last two minutes")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = InstanceList.class)))
  @GetMapping("/api/v1/operations/instances")
  ResponseEntity<byte[]> instances(Asked asked) {
    return answers.of(new InstanceList(instances.running(), answers.now()), asked.fields());
  }

  record PromiseList(List<Promise> promises, Instant computedAt) {}

  @Operation(summary = "Whether what is promised is kept, each in a sentence")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = PromiseList.class)))
  @GetMapping("/api/v1/operations/promises")
  ResponseEntity<byte[]> promises(Asked asked) {
    return answers.of(new PromiseList(promises.all(), answers.now()), asked.fields());
  }
}
