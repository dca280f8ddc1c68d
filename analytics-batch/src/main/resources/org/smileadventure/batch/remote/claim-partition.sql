-- Waits for a lock of the session on a partition: of the same job with the same parameters, and of the
-- same name, whichever execution of the job it is in. Two of one hash wait for each other without need.
-- The first number tells these locks from others.
SELECT pg_advisory_lock(3, hashtext(e.job_instance_id || ' ' || s.step_name)) IS NOT NULL
FROM batch_step_execution s
JOIN batch_job_execution e ON e.job_execution_id = s.job_execution_id
WHERE s.step_execution_id = ?
