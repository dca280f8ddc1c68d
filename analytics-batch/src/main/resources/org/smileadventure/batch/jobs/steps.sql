-- The steps of these runs in their order, each with its partitions added up.
SELECT run, name,
       min(id) FILTER (WHERE NOT is_partition) AS id,
       min(status) FILTER (WHERE NOT is_partition) AS status,
       min(start_time) FILTER (WHERE NOT is_partition) AS start_time,
       min(end_time) FILTER (WHERE NOT is_partition) AS end_time,
       count(*) FILTER (WHERE is_partition) AS partitions,
       count(*) FILTER (WHERE is_partition AND status = 'COMPLETED') AS completed,
       count(*) FILTER (WHERE is_partition AND status = 'FAILED') AS failed,
       CASE WHEN bool_or(is_partition) THEN sum(write_count) FILTER (WHERE is_partition)
            ELSE sum(write_count) END::bigint AS done
FROM (
  SELECT s.job_execution_id AS run, s.step_execution_id AS id, split_part(s.step_name, '-of-range:', 1) AS name,
         strpos(s.step_name, '-of-range:') > 0 AS is_partition, s.status, s.start_time, s.end_time, s.write_count
  FROM batch_step_execution s
  WHERE s.job_execution_id = ANY (:runs::bigint[])
) parts
GROUP BY run, name
HAVING bool_or(NOT is_partition)
ORDER BY run DESC, id
