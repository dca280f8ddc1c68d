-- Of which no run is kept. A run that is just beginning makes its instance first; it is not so old.
DELETE FROM batch_job_instance i
WHERE i.job_instance_id IN (
  SELECT o.job_instance_id
  FROM batch_job_instance o
  WHERE NOT EXISTS (SELECT FROM batch_job_execution e WHERE e.job_instance_id = o.job_instance_id)
    AND o.job_instance_id < (SELECT min(e.job_instance_id) FROM batch_job_execution e
                             WHERE e.create_time >= (:now::timestamptz AT TIME ZONE 'UTC') - :kept::interval)
  ORDER BY o.job_instance_id
  LIMIT :most)
