-- The definition, materialised for some child-days. Runs after their versions were read, and so sees
-- at least what those versions stand for.
-- OFFSET 0 makes the planner compute each child-day by its index, whatever else there is.
WITH dirty AS (
  SELECT child_id, day FROM unnest(:children::bigint[], :days::date[]) AS d (child_id, day)
),
computed AS MATERIALIZED (
  SELECT v.*
  FROM dirty d
  CROSS JOIN LATERAL (SELECT * FROM v_child_daily v WHERE v.child_id = d.child_id AND v.day = d.day OFFSET 0) v
),
-- A day from which the last session has moved away.
emptied AS (
  DELETE FROM child_daily_summary s
  USING dirty d
  WHERE s.child_id = d.child_id AND s.day = d.day
    AND NOT EXISTS (SELECT FROM computed c WHERE c.child_id = s.child_id AND c.day = s.day)
)
INSERT INTO child_daily_summary (
  child_id, day, sessions, completed, abandoned, interrupted, in_progress, duration_seconds,
  active_seconds, interactions, levels, achievements, score_n, score_sum, score_sum_sq, score_min,
  score_max, engagement_n, engagement_sum, engagement_sum_sq, engagement_min, engagement_max)
SELECT
  child_id, day, sessions, completed, abandoned, interrupted, in_progress, duration_seconds,
  active_seconds, interactions, levels, achievements, score_n, score_sum, score_sum_sq, score_min,
  score_max, engagement_n, engagement_sum, engagement_sum_sq, engagement_min, engagement_max
FROM computed
ORDER BY child_id, day
ON CONFLICT (child_id, day) DO UPDATE SET
  sessions = excluded.sessions,
  completed = excluded.completed,
  abandoned = excluded.abandoned,
  interrupted = excluded.interrupted,
  in_progress = excluded.in_progress,
  duration_seconds = excluded.duration_seconds,
  active_seconds = excluded.active_seconds,
  interactions = excluded.interactions,
  levels = excluded.levels,
  achievements = excluded.achievements,
  score_n = excluded.score_n,
  score_sum = excluded.score_sum,
  score_sum_sq = excluded.score_sum_sq,
  score_min = excluded.score_min,
  score_max = excluded.score_max,
  engagement_n = excluded.engagement_n,
  engagement_sum = excluded.engagement_sum,
  engagement_sum_sq = excluded.engagement_sum_sq,
  engagement_min = excluded.engagement_min,
  engagement_max = excluded.engagement_max
