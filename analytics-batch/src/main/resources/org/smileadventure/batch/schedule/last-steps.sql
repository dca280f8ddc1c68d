-- How many seconds each step took in the last run of the nights that was done, over all its executions.
SELECT s.step_name AS name, sum(extract(epoch FROM s.end_time - s.start_time))::float8 AS seconds
FROM batch_step_execution s
JOIN batch_job_execution e ON e.job_execution_id = s.job_execution_id
WHERE e.job_instance_id = (
    SELECT d.job_instance_id
    FROM batch_job_execution d
    JOIN batch_job_instance i ON i.job_instance_id = d.job_instance_id
    WHERE i.job_name = :job AND d.status = 'COMPLETED'
    ORDER BY d.job_execution_id DESC
    LIMIT 1)
  AND strpos(s.step_name, '-of-range:') = 0
  AND s.end_time IS NOT NULL AND s.start_time IS NOT NULL
GROUP BY s.step_name
