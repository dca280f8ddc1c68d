-- What whoever watches the system asks the database for.

-- How far ingest is behind in Kafka, as it last measured it.
CREATE TABLE consumer_lag (
  group_id     text PRIMARY KEY,
  topic        text NOT NULL,
  events       bigint NOT NULL CHECK (events >= 0),
  seconds      float8 CHECK (seconds >= 0),
  measured_at  timestamptz NOT NULL
);
GRANT SELECT ON consumer_lag TO smile_query;

-- The day that has been dirty the longest is found without reading all that are.
CREATE INDEX idx_dirty_child_days_marked ON dirty_child_days (marked_at);

-- How fresh the summaries are. It asks as its owner, and so of all children, but tells of none.
-- More than 10,000 dirty days are not counted.
CREATE VIEW v_summary_freshness AS
SELECT
  (SELECT min(marked_at) FROM dirty_child_days) AS oldest_marked_at,
  (SELECT day FROM dirty_child_days ORDER BY marked_at LIMIT 1) AS oldest_dirty_day,
  (SELECT count(*) FROM (SELECT FROM dirty_child_days LIMIT 10001) d) AS dirty_days,
  n.status AS last_status,
  n.start_time AS last_start,
  extract(epoch FROM n.end_time - n.start_time)::float8 AS last_seconds
FROM (SELECT 1) one
LEFT JOIN LATERAL (
  SELECT e.status, e.start_time, e.end_time
  FROM batch_job_instance i
  JOIN batch_job_execution e ON e.job_instance_id = i.job_instance_id
  WHERE i.job_name = 'nightly'
  ORDER BY e.job_execution_id DESC
  LIMIT 1
) n ON true;
GRANT SELECT ON v_summary_freshness TO smile_query;

-- Others' statements are counted for everybody, but shown to this role only.
GRANT pg_read_all_stats TO smile_query;
