-- A completed step, how long it took by the job's own clock, and what its partitions have done.
SELECT
  extract(epoch FROM s.end_time - s.start_time) AS seconds,
  (SELECT sum(p.write_count)
   FROM batch_step_execution p
   WHERE p.job_execution_id = s.job_execution_id AND p.step_name LIKE s.step_name || '-of-range:%') AS done
FROM batch_step_execution s
WHERE s.job_execution_id = :id AND s.step_name = :step AND s.status = 'COMPLETED'
