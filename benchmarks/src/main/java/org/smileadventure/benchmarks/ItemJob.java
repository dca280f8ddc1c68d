package org.smileadventure.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.smileadventure.common.service.SqlFile;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.support.JobOperatorFactoryBean;
import org.springframework.batch.core.repository.support.ResourcelessJobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.database.builder.JdbcBatchItemWriterBuilder;
import org.springframework.batch.infrastructure.item.database.builder.JdbcCursorItemReaderBuilder;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/**
 * The summary of the day as a whole, and no other, by a job of Spring Batch as one writes it first:
 * a reader of sessions, a processor that computes a day, a writer of rows, a thousand in a chunk.
 */
final class ItemJob {
  private static final String SESSIONS = SqlFile.read(ItemJob.class, "items-sessions.sql");
  private static final String TABLE = "item_daily_summary";
  private static final int CHUNK = 1_000;

  private final PGSimpleDataSource dataSource = new PGSimpleDataSource();
  private final JdbcTemplate jdbc;

  ItemJob(String url) {
    dataSource.setUrl(url);
    dataSource.setReWriteBatchedInserts(true);
    jdbc = new JdbcTemplate(dataSource);
  }

  /** Seconds. Fails if it does not write the rows of {@code child_daily_summary}. */
  double measure() {
    jdbc.execute("CREATE TABLE " + TABLE + " (LIKE child_daily_summary INCLUDING ALL)");
    jdbc.execute("CHECKPOINT");
    var begin = System.nanoTime();
    run();
    var seconds = (System.nanoTime() - begin) / 1e9;
    var differences =
        jdbc.queryForObject(
            """
            SELECT count(*) FROM (
              (TABLE item_daily_summary EXCEPT TABLE child_daily_summary)
              UNION ALL
              (TABLE child_daily_summary EXCEPT TABLE item_daily_summary)) different
            """,
            Long.class);
    if (differences == null || differences != 0) {
      throw new BenchmarkFailure("the item job has %,d rows otherwise".formatted(differences));
    }
    jdbc.execute("DROP TABLE " + TABLE);
    return seconds;
  }

  private void run() {
    var repository = new ResourcelessJobRepository();
    var job = new JobBuilder("items", repository).start(step(repository)).build();
    try {
      var operators = new JobOperatorFactoryBean();
      operators.setJobRegistry(new MapJobRegistry());
      operators.setJobRepository(repository);
      operators.setTransactionManager(new DataSourceTransactionManager(dataSource));
      operators.afterPropertiesSet();
      var execution = operators.getObject().start(job, new JobParameters());
      if (execution.getStatus() != BatchStatus.COMPLETED) {
        throw new BenchmarkFailure("the item job: " + execution.getAllFailureExceptions());
      }
    } catch (BenchmarkFailure e) {
      throw e;
    } catch (Exception e) {
      throw new BenchmarkFailure("the item job could not run", e);
    }
  }

  private Step step(ResourcelessJobRepository repository) {
    var sessions =
        new JdbcCursorItemReaderBuilder<PlayedSession>()
            .name("sessions")
            .dataSource(dataSource)
            // Otherwise the driver would read all of them at once.
            .connectionAutoCommit(false)
            .fetchSize(CHUNK)
            .saveState(false)
            .verifyCursorPosition(false)
            .sql(SESSIONS)
            .rowMapper((row, _) -> PlayedSession.in(row))
            .build();
    var writer =
        new JdbcBatchItemWriterBuilder<Map<String, @Nullable Object>>()
            .dataSource(dataSource)
            .sql(insert())
            .itemSqlParameterSourceProvider(MapSqlParameterSource::new)
            .build();
    writer.afterPropertiesSet();
    return new StepBuilder("daily", repository)
        .<List<PlayedSession>, Map<String, @Nullable Object>>chunk(CHUNK)
        .transactionManager(new DataSourceTransactionManager(dataSource))
        .reader(new DayReader(sessions))
        .processor(DayFigures::of)
        .writer(writer)
        .build();
  }

  private String insert() {
    var columns =
        jdbc.queryForList(
            """
            SELECT attname::text FROM pg_attribute
            WHERE attrelid = ?::regclass AND attnum > 0 ORDER BY attnum
            """,
            String.class,
            TABLE);
    return "INSERT INTO %s (%s) VALUES (%s)"
        .formatted(
            TABLE,
            String.join(", ", columns),
            columns.stream().map(column -> ":" + column).collect(Collectors.joining(", ")));
  }
}
