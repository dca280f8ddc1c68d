-- The runs of a job, newest first.
SELECT e.job_execution_id
FROM batch_job_execution e
JOIN batch_job_instance i ON i.job_instance_id = e.job_instance_id
WHERE i.job_name = :job AND e.job_execution_id < :before
ORDER BY e.job_execution_id DESC
LIMIT :most
