-- What the last reconciliation found that came to a result, of all children or of a night's sample: with differences
-- that broke it off, or without any. One that was stopped, or that failed for another reason, found out nothing. A
-- finding stays until the job `reconcile`, which looks at everybody, completes: a later sample is of other children.
CREATE OR REPLACE VIEW v_last_reconcile AS
SELECT
  s.job_execution_id AS execution_id,
  s.end_time AT TIME ZONE 'UTC' AS ended_at, -- as analytics-batch stores it
  s.status,
  (
    SELECT coalesce(sum(d.differences), 0)
    FROM reconcile_differences d
    WHERE d.job_execution_id = s.job_execution_id
  )::bigint AS differences
FROM batch_step_execution s
WHERE s.step_execution_id = coalesce(
  (
    SELECT found.step_execution_id
    FROM (
      SELECT b.step_execution_id
      FROM reconcile_differences d -- by part, of which a step has many
      JOIN batch_step_execution b ON b.job_execution_id = d.job_execution_id
      WHERE b.step_name IN ('reconcile-all', 'reconcile-events', 'reconcile-sample')
        AND b.status = 'FAILED' AND b.end_time IS NOT NULL
      ORDER BY d.step_execution_id DESC
      LIMIT 1
    ) found
    WHERE NOT EXISTS (
      SELECT
      FROM batch_step_execution b
      WHERE b.step_execution_id > found.step_execution_id
        AND b.step_name = 'reconcile-events' -- the last step of the job
        AND b.status = 'COMPLETED' AND b.end_time IS NOT NULL)
  ),
  (
    SELECT b.step_execution_id
    FROM batch_step_execution b
    WHERE b.step_name IN ('reconcile-events', 'reconcile-sample') -- reconcile-all comes before the events
      AND b.status = 'COMPLETED' AND b.end_time IS NOT NULL
    ORDER BY b.step_execution_id DESC
    LIMIT 1
  ));
