-- The last run of the nights, from when its first execution began. A restart is another execution of the same run.
SELECT i.job_instance_id AS run, e.job_execution_id AS execution, e.status, e.end_time AT TIME ZONE 'UTC' AS ended_at,
       (SELECT min(f.create_time) FROM batch_job_execution f WHERE f.job_instance_id = i.job_instance_id)
         AT TIME ZONE 'UTC' AS begun_at,
       (SELECT p.parameter_value FROM batch_job_execution_params p
        WHERE p.job_execution_id = e.job_execution_id AND p.parameter_name = 'planned_at') AS planned_at
FROM batch_job_execution e
JOIN batch_job_instance i ON i.job_instance_id = e.job_instance_id
WHERE i.job_name = :job
ORDER BY e.job_execution_id DESC
LIMIT 1
