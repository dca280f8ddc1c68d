-- How fresh the summaries are. It asks as its owner, and so of all children, but tells of none.
-- More than 10,000 dirty months, or windows of so many children, are not counted; those of a child that is not computed just now are not
-- late.
CREATE OR REPLACE VIEW v_summary_freshness AS
SELECT
  oldest.marked_at AS oldest_marked_at,
  oldest.month AS oldest_dirty_month,
  (SELECT count(*) FROM (
     SELECT FROM dirty_child_months JOIN v_computed_child USING (child_id) LIMIT 10001) d) AS dirty_months,
  n.status AS last_status,
  n.start_time AT TIME ZONE 'UTC' AS last_start, -- as analytics-batch stores it
  extract(epoch FROM n.end_time - n.start_time)::float8 AS last_seconds,
  (SELECT count(*) FROM (
     SELECT FROM dirty_child_windows JOIN v_computed_child USING (child_id) LIMIT 10001) w) AS dirty_windows
FROM (SELECT 1) one
LEFT JOIN LATERAL (
  SELECT d.marked_at, d.month
  FROM dirty_child_months d
  JOIN v_computed_child USING (child_id)
  ORDER BY d.marked_at
  LIMIT 1
) oldest ON true
LEFT JOIN LATERAL (
  SELECT e.status, e.start_time, e.end_time
  FROM batch_job_instance i
  JOIN batch_job_execution e ON e.job_instance_id = i.job_instance_id
  WHERE i.job_name = 'nightly'
  ORDER BY e.job_execution_id DESC
  LIMIT 1
) n ON true;
