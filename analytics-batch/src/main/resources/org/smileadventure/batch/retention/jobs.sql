-- Runs that ended long ago, with all that belongs to them.
WITH old AS MATERIALIZED (
  SELECT e.job_execution_id
  FROM batch_job_execution e
  WHERE coalesce(e.end_time, e.last_updated, e.create_time) < (:now::timestamptz AT TIME ZONE 'UTC') - :kept::interval
    AND e.status NOT IN ('STARTING', 'STARTED', 'STOPPING')
  ORDER BY e.job_execution_id
  LIMIT :most
), steps AS MATERIALIZED (
  SELECT s.step_execution_id FROM batch_step_execution s JOIN old USING (job_execution_id)
), step_contexts AS (
  DELETE FROM batch_step_execution_context c USING steps s WHERE c.step_execution_id = s.step_execution_id
), step_executions AS (
  DELETE FROM batch_step_execution e USING steps s WHERE e.step_execution_id = s.step_execution_id
), contexts AS (
  DELETE FROM batch_job_execution_context c USING old o WHERE c.job_execution_id = o.job_execution_id
), parameters AS (
  DELETE FROM batch_job_execution_params p USING old o WHERE p.job_execution_id = o.job_execution_id
)
DELETE FROM batch_job_execution e USING old o WHERE e.job_execution_id = o.job_execution_id
