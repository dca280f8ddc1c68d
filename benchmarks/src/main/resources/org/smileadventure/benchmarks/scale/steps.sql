-- How long each step of the last run took by the job's own clock, and until its first partition began.
WITH run AS (
  SELECT s.*
  FROM batch_step_execution s
  WHERE s.job_execution_id = (SELECT max(job_execution_id) FROM batch_job_execution)
)
SELECT m.step_name,
       extract(epoch FROM m.end_time - m.start_time) AS seconds,
       coalesce(extract(epoch FROM (
         SELECT min(p.start_time) FROM run p WHERE starts_with(p.step_name, m.step_name || '-of-range:')
       ) - m.start_time), 0) AS cutting
FROM run m
WHERE strpos(m.step_name, ':') = 0
ORDER BY m.step_execution_id
