-- The steps of a run that were begun: how the last try of each stands.
SELECT DISTINCT ON (s.step_name) s.step_name AS name, s.status, s.start_time AT TIME ZONE 'UTC' AS started_at
FROM batch_step_execution s
JOIN batch_job_execution e ON e.job_execution_id = s.job_execution_id
WHERE e.job_instance_id = :run AND strpos(s.step_name, '-of-range:') = 0
ORDER BY s.step_name, s.step_execution_id DESC
