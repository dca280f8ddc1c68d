-- Only what differs is written: a row that stays as it is costs no write.
INSERT INTO child_month_summary AS m (
  child_id, month, sessions, completed, abandoned, interrupted, in_progress, duration_seconds, score_n, score_sum,
  engagement_n, engagement_sum, success_n, success_sum, activities, points, moments, shape)
SELECT f.*, :shape
FROM unnest(
  :month_children::bigint[], :months::date[], :sessions::int[], :completed::int[], :abandoned::int[],
  :interrupted::int[], :in_progress::int[], :duration_seconds::bigint[], :score_n::int[], :score_sum::bigint[],
  :engagement_n::int[], :engagement_sum::numeric[], :success_n::int[], :success_sum::numeric[],
  :activities::int[], :points::int[], :moments::bytea[]) AS f
ORDER BY 1, 2
ON CONFLICT (child_id, month) DO UPDATE SET
  (sessions, completed, abandoned, interrupted, in_progress, duration_seconds, score_n, score_sum, engagement_n,
   engagement_sum, success_n, success_sum, activities, points, shape, moments)
    = (excluded.sessions, excluded.completed, excluded.abandoned, excluded.interrupted, excluded.in_progress,
       excluded.duration_seconds, excluded.score_n, excluded.score_sum, excluded.engagement_n,
       excluded.engagement_sum, excluded.success_n, excluded.success_sum, excluded.activities, excluded.points,
       excluded.shape, excluded.moments)
WHERE m IS DISTINCT FROM excluded
