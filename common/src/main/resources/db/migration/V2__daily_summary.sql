-- Per child and day: defined once, as a view; kept as a table; read as the union of the two.

-- The days whose row in the summary may be behind the base tables. A writer upserts the days it
-- touched with a new version in the transaction of its write. The job reads versions, computes in a
-- later statement (hence with a later snapshot), and deletes a row only while it still carries the
-- version that was read: a day touched in between stays.
CREATE SEQUENCE dirty_version AS bigint;
CREATE TABLE dirty_child_days (
  child_id      bigint NOT NULL,
  day           date NOT NULL,
  version       bigint NOT NULL DEFAULT nextval('dirty_version'),
  marked_at     timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (child_id, day)
);

-- Additive moments (n, sum, sum of squares, least, greatest), so that any window is merged exactly
-- from its days. They are numeric: sums of exact decimals do not depend on their order.
-- The figures beyond the counts by status are those of completed sessions.
CREATE VIEW v_child_daily AS
SELECT
  child_id,
  day,
  count(*)                                                                     AS sessions,
  count(*) FILTER (WHERE completion_status = 'completed')                      AS completed,
  count(*) FILTER (WHERE completion_status = 'abandoned')                      AS abandoned,
  count(*) FILTER (WHERE completion_status = 'interrupted')                    AS interrupted,
  count(*) FILTER (WHERE completion_status = 'in_progress')                    AS in_progress,
  coalesce(sum(duration_seconds)   FILTER (WHERE completion_status = 'completed'), 0) AS duration_seconds,
  coalesce(sum(active_seconds)     FILTER (WHERE completion_status = 'completed'), 0) AS active_seconds,
  coalesce(sum(interactions_count) FILTER (WHERE completion_status = 'completed'), 0) AS interactions,
  coalesce(sum(levels_completed)   FILTER (WHERE completion_status = 'completed'), 0) AS levels,
  coalesce(sum(jsonb_array_length(achievements_unlocked))
                                   FILTER (WHERE completion_status = 'completed'), 0) AS achievements,
  count(score)                     FILTER (WHERE completion_status = 'completed')     AS score_n,
  coalesce(sum(score::numeric)     FILTER (WHERE completion_status = 'completed'), 0) AS score_sum,
  coalesce(sum(score::numeric * score) FILTER (WHERE completion_status = 'completed'), 0) AS score_sum_sq,
  min(score)                       FILTER (WHERE completion_status = 'completed')     AS score_min,
  max(score)                       FILTER (WHERE completion_status = 'completed')     AS score_max,
  count(engagement_score)          FILTER (WHERE completion_status = 'completed')     AS engagement_n,
  coalesce(sum(engagement_score)   FILTER (WHERE completion_status = 'completed'), 0) AS engagement_sum,
  coalesce(sum(engagement_score * engagement_score)
                                   FILTER (WHERE completion_status = 'completed'), 0) AS engagement_sum_sq,
  min(engagement_score)            FILTER (WHERE completion_status = 'completed')     AS engagement_min,
  max(engagement_score)            FILTER (WHERE completion_status = 'completed')     AS engagement_max
FROM game_sessions
GROUP BY child_id, day;

CREATE TABLE child_daily_summary (
  child_id           bigint NOT NULL,
  day                date NOT NULL,
  sessions           bigint NOT NULL,
  completed          bigint NOT NULL,
  abandoned          bigint NOT NULL,
  interrupted        bigint NOT NULL,
  in_progress        bigint NOT NULL,
  duration_seconds   bigint NOT NULL,
  active_seconds     bigint NOT NULL,
  interactions       bigint NOT NULL,
  levels             bigint NOT NULL,
  achievements       bigint NOT NULL,
  score_n            bigint NOT NULL,
  score_sum          numeric NOT NULL,
  score_sum_sq       numeric NOT NULL,
  score_min          int,
  score_max          int,
  engagement_n       bigint NOT NULL,
  engagement_sum     numeric NOT NULL,
  engagement_sum_sq  numeric NOT NULL,
  engagement_min     numeric,
  engagement_max     numeric,
  PRIMARY KEY (child_id, day)
);

-- What a reader asks: clean days from the table, dirty days from the definition, in one snapshot,
-- and hence complete whether the job has just run, is running or never ran.
-- OFFSET 0 keeps the planner from joining before grouping: it then takes the child and the day of
-- each dirty row into the definition, which reads that child-day by its index and nothing else. The
-- child and the day come from the dirty row, so that a reader's condition on them reaches it.
CREATE VIEW v_child_daily_current AS
SELECT s.*, false AS live
FROM child_daily_summary s
WHERE NOT EXISTS (SELECT FROM dirty_child_days d WHERE d.child_id = s.child_id AND d.day = s.day)
UNION ALL
SELECT
  d.child_id, d.day, v.sessions, v.completed, v.abandoned, v.interrupted, v.in_progress,
  v.duration_seconds, v.active_seconds, v.interactions, v.levels, v.achievements,
  v.score_n, v.score_sum, v.score_sum_sq, v.score_min, v.score_max,
  v.engagement_n, v.engagement_sum, v.engagement_sum_sq, v.engagement_min, v.engagement_max,
  true AS live
FROM dirty_child_days d
CROSS JOIN LATERAL (SELECT * FROM v_child_daily v WHERE v.child_id = d.child_id AND v.day = d.day OFFSET 0) v;

-- A child's day is the day where the child lives: when that changes, so do the days of its sessions.
CREATE FUNCTION move_days_with_time_zone() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  WITH moved AS (
    UPDATE game_sessions
    SET day = (started_at AT TIME ZONE new.timezone)::date
    WHERE child_id = new.id AND day <> (started_at AT TIME ZONE new.timezone)::date
    RETURNING WITH (OLD AS before, NEW AS after) before.day AS day_before, after.day AS day_after
  ), touched AS (
    SELECT day_before AS day FROM moved UNION SELECT day_after FROM moved
  )
  INSERT INTO dirty_child_days (child_id, day)
  SELECT new.id, day FROM touched ORDER BY day
  ON CONFLICT (child_id, day) DO UPDATE SET version = excluded.version, marked_at = excluded.marked_at;
  RETURN NULL;
END $$;

CREATE TRIGGER children_time_zone
  AFTER UPDATE OF timezone ON children
  FOR EACH ROW WHEN (old.timezone IS DISTINCT FROM new.timezone)
  EXECUTE FUNCTION move_days_with_time_zone();
