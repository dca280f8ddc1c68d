package org.smileadventure.batch.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.batch.ServiceUnderTest;
import org.smileadventure.batch.lock.SessionLock;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.localstack.RealServers;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.StepLocator;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.integration.partition.StepExecutionRequest;
import org.springframework.batch.integration.partition.StepExecutionRequestHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

@RealServers
class PartitionRunnerTest {
  private static final String CLAIM = SqlFile.read(PartitionRunner.class, "claim-partition.sql");

  private static ServiceUnderTest service;
  private static JobRepository repository;
  private static DataSource dataSource;

  private final List<BatchStatus> found = new ArrayList<>();

  @BeforeAll
  static void start() {
    service = new ServiceUnderTest(MigratedDatabase.newUrl());
    repository = service.bean(JobRepository.class);
    dataSource = service.bean(DataSource.class);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void whatADeadWorkerHasBegunGoesOn() throws Exception {
    var partition = partition(BatchStatus.STARTED);
    assertThat(runner(step(this::complete)).run(request(partition))).isTrue();
    assertThat(found).containsExactly(BatchStatus.STARTED);
    assertThat(status(partition)).isEqualTo(BatchStatus.COMPLETED);
  }

  @Test
  void aRequestThatComesAgainIsDoneWith() throws Exception {
    var partition = partition(BatchStatus.STARTING);
    var runner = runner(step(this::complete));
    assertThat(runner.run(request(partition))).isTrue();
    assertThat(runner.run(request(partition))).isTrue();
    assertThat(found).hasSize(1);
  }

  @Test
  void whatAManagerHasGivenUpIsNotBegun() throws Exception {
    var partition = partition(BatchStatus.FAILED);
    assertThat(runner(step(this::complete)).run(request(partition))).isTrue();
    assertThat(found).isEmpty();
  }

  @Test
  void aWorkerWaitsForTheOneThatHasThePartition() throws Exception {
    var partition = partition(BatchStatus.STARTED);
    CompletableFuture<Boolean> waiting;
    try (var _ = SessionLock.take(dataSource, CLAIM, partition.getId()).orElseThrow()) {
      waiting =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return runner(step(this::complete)).run(request(partition));
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      await().until(PartitionRunnerTest::somebodyWaits);
      complete(Objects.requireNonNull(repository.getStepExecution(partition.getId())));
    }
    assertThat(waiting.get(10, SECONDS)).isTrue();
    assertThat(found).as("run by the one that had it").hasSize(1);
  }

  @Test
  void aStepThatCouldNotRecordItsEndIsTakenUpAgain() throws Exception {
    var partition = partition(BatchStatus.STARTING);
    var runner =
        runner(
            step(
                execution -> {
                  if (found.isEmpty()) {
                    found.add(execution.getStatus());
                  } else {
                    complete(execution);
                  }
                }));
    assertThat(runner.run(request(partition))).isTrue();
    assertThat(found).hasSize(2);
    assertThat(status(partition)).isEqualTo(BatchStatus.COMPLETED);
  }

  @Test
  void aClosingWorkerLeavesItToOthers() throws Exception {
    var partition = partition(BatchStatus.STARTED);
    var runner = runner(step(_ -> {}));
    runner.close();
    assertThat(runner.run(request(partition))).isFalse();
    assertThat(status(partition)).isEqualTo(BatchStatus.STARTED);
  }

  @Test
  void aStepThatTheWorkerDoesNotKnowFails() throws Exception {
    var partition = partition(BatchStatus.STARTING);
    assertThat(runner(_ -> null).run(request(partition))).isTrue();
    var ended = Objects.requireNonNull(repository.getStepExecution(partition.getId()));
    assertThat(ended.getStatus()).isEqualTo(BatchStatus.FAILED);
    assertThat(ended.getExitStatus().getExitDescription())
        .isEqualTo("the worker knows no step 'dusting'; is it of another release?");
  }

  @Test
  void aRequestIsJsonWithoutTypes() {
    var json = "{\"stepExecutionId\":7,\"stepName\":\"dusting\"}";
    var mapper = JsonMapper.shared();
    assertThat(mapper.readTree(PartitionRequests.encode(new StepExecutionRequest("dusting", 7))))
        .isEqualTo(mapper.readTree(json));
    assertThat(PartitionRequests.decode(json.getBytes(UTF_8)))
        .extracting(StepExecutionRequest::getStepExecutionId, StepExecutionRequest::getStepName)
        .containsExactly(7L, "dusting");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "{", "[1]", "{\"stepExecutionId\": \"all\"}"})
  void whatIsNoRequestIsAcknowledgedAndLeftAlone(@Nullable String value) {
    var acknowledged = new AtomicInteger();
    var listener =
        new PartitionRequestListener(
            runner(_ -> null),
            _ -> {
              throw new AssertionError("taken for a request");
            });
    listener.onMessage(
        new ConsumerRecord<>("topic", 0, 0, null, value == null ? null : value.getBytes(UTF_8)),
        acknowledged::incrementAndGet);
    assertThat(acknowledged).hasValue(1);
  }

  private static PartitionRunner runner(StepLocator steps) {
    var handler = new StepExecutionRequestHandler();
    handler.setJobRepository(repository);
    handler.setStepLocator(steps);
    return new PartitionRunner(
        dataSource,
        new PartitionStates(repository, JdbcClient.create(dataSource)),
        steps,
        handler,
        Duration.ofMillis(10));
  }

  private static StepLocator step(Consumer<StepExecution> work) {
    var step =
        new Step() {
          @Override
          public String getName() {
            return "dusting";
          }

          @Override
          public void execute(StepExecution execution) {
            work.accept(execution);
          }
        };
    return _ -> step;
  }

  private void complete(StepExecution execution) {
    found.add(execution.getStatus());
    execution.setStatus(BatchStatus.COMPLETED);
    repository.update(execution);
  }

  private static StepExecutionRequest request(StepExecution partition) {
    return new StepExecutionRequest("dusting", partition.getId());
  }

  private static BatchStatus status(StepExecution partition) {
    return Objects.requireNonNull(repository.getStepExecution(partition.getId())).getStatus();
  }

  private static StepExecution partition(BatchStatus status) {
    var parameters =
        new JobParametersBuilder().addString("run", UUID.randomUUID().toString()).toJobParameters();
    var job =
        repository.createJobExecution(
            repository.createJobInstance("housekeeping", parameters),
            parameters,
            new ExecutionContext());
    var partition = repository.createStepExecution("dusting:1", job);
    partition.setStatus(status);
    repository.update(partition);
    return partition;
  }

  private static boolean somebodyWaits() {
    return JdbcClient.create(dataSource)
        .sql(
            "SELECT count(*) = 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = 3 AND NOT granted")
        .query(Boolean.class)
        .single();
  }
}
