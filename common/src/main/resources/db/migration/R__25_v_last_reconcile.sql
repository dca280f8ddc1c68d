-- The last reconciliation that came to a result, of all children or of a night's sample: without a difference, or
-- with those that broke it off. One that was stopped, or that failed for another reason, found out nothing.
CREATE OR REPLACE VIEW v_last_reconcile AS
SELECT
  s.job_execution_id AS execution_id,
  s.end_time AT TIME ZONE 'UTC' AS ended_at, -- as analytics-batch stores it
  s.status,
  coalesce(found.differences, 0)::bigint AS differences
FROM batch_step_execution s
LEFT JOIN LATERAL (
  SELECT sum(d.differences) AS differences
  FROM reconcile_differences d
  WHERE d.job_execution_id = s.job_execution_id
) found ON true
WHERE s.step_name IN ('reconcile-all', 'reconcile-events', 'reconcile-sample')
  AND s.end_time IS NOT NULL
  AND (s.status = 'COMPLETED' AND s.step_name <> 'reconcile-all' -- which the events come after
       OR s.status = 'FAILED' AND found.differences > 0)
ORDER BY s.step_execution_id DESC
LIMIT 1;
