-- The partitions of a run, in the order in which they were cut.
SELECT s.step_execution_id AS id, split_part(s.step_name, '-of-range:', 1) AS step,
       split_part(s.step_name, '-of-range:', 2) AS partition, s.status, s.write_count AS done, s.start_time, s.end_time,
       s.exit_message AS failure
FROM batch_step_execution s
WHERE s.job_execution_id = :run
  AND s.step_execution_id > :after
  AND strpos(s.step_name, '-of-range:') > 0
  AND (:step::text IS NULL OR split_part(s.step_name, '-of-range:', 1) = :step)
  AND (:status::text IS NULL OR s.status = :status)
ORDER BY s.step_execution_id
LIMIT :most
