-- These runs, newest first, and of one that failed what is kept of why: that of the last step that failed, as a
-- step's own reason is the one of its partition, wrapped.
SELECT e.job_execution_id AS id, i.job_name AS job, e.status, e.start_time, e.end_time, failed.exit_message AS failure
FROM batch_job_execution e
JOIN batch_job_instance i ON i.job_instance_id = e.job_instance_id
LEFT JOIN LATERAL (
  SELECT s.exit_message
  FROM batch_step_execution s
  WHERE s.job_execution_id = e.job_execution_id AND s.status = 'FAILED' AND s.exit_message ~ '\S'
  ORDER BY s.step_execution_id DESC
  LIMIT 1
) failed ON e.status = 'FAILED'
WHERE e.job_execution_id = ANY (:runs::bigint[])
ORDER BY e.job_execution_id DESC
