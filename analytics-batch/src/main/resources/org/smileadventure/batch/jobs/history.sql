-- The runs of a job, newest first: those of a status, and those that began in a span of time.
SELECT e.job_execution_id
FROM batch_job_execution e
JOIN batch_job_instance i ON i.job_instance_id = e.job_instance_id
WHERE i.job_name = :job
  AND e.job_execution_id < :before
  AND (:status::text IS NULL OR e.status = :status)
  AND (:from::timestamptz IS NULL OR e.create_time >= :from::timestamptz AT TIME ZONE 'UTC')
  AND (:to::timestamptz IS NULL OR e.create_time < :to::timestamptz AT TIME ZONE 'UTC')
ORDER BY e.job_execution_id DESC
LIMIT :most
