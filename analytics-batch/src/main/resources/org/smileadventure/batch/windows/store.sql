-- Only what differs is written.
INSERT INTO child_window_summary AS w (
  child_id, window_name, first_day, last_day, due_on, sessions, completed, abandoned, interrupted,
  score_n, score_mean, engagement_n, engagement_mean, success_n, success_mean, score_trend, engagement_trend,
  risks, activities, verified, emotional_n, improvements, deteriorations, computed_at)
SELECT f.child_id, f.window_name, f.first_day, f.last_day, f.due_on, f.sessions, f.completed, f.abandoned,
       f.interrupted, f.score_n, f.score_mean, f.engagement_n, f.engagement_mean, f.success_n, f.success_mean,
       f.score_trend, f.engagement_trend, string_to_array(f.risks, ','), f.activities, f.verified, f.emotional_n,
       f.improvements, f.deteriorations, :now::timestamptz
FROM unnest(
  :children::bigint[], :windows::text[], :firsts::date[], :lasts::date[], :due::date[], :sessions::bigint[],
  :completed::bigint[], :abandoned::bigint[], :interrupted::bigint[], :score_n::bigint[], :score_mean::float8[],
  :engagement_n::bigint[], :engagement_mean::float8[], :success_n::bigint[], :success_mean::float8[],
  :score_trend::text[], :engagement_trend::text[], :risks::text[], :activities::bigint[], :verified::bigint[],
  :emotional_n::bigint[], :improvements::bigint[], :deteriorations::bigint[])
  AS f (child_id, window_name, first_day, last_day, due_on, sessions, completed, abandoned, interrupted, score_n,
        score_mean, engagement_n, engagement_mean, success_n, success_mean, score_trend, engagement_trend, risks,
        activities, verified, emotional_n, improvements, deteriorations)
ORDER BY f.child_id, f.window_name
ON CONFLICT (child_id, window_name) DO UPDATE SET
  (first_day, last_day, due_on, computed_at, sessions, completed, abandoned, interrupted, score_n, score_mean,
   engagement_n, engagement_mean, success_n, success_mean, score_trend, engagement_trend, risks, activities,
   verified, emotional_n, improvements, deteriorations)
    = (excluded.first_day, excluded.last_day, excluded.due_on, excluded.computed_at, excluded.sessions,
       excluded.completed, excluded.abandoned, excluded.interrupted, excluded.score_n, excluded.score_mean,
       excluded.engagement_n, excluded.engagement_mean, excluded.success_n, excluded.success_mean,
       excluded.score_trend, excluded.engagement_trend, excluded.risks, excluded.activities, excluded.verified,
       excluded.emotional_n, excluded.improvements, excluded.deteriorations)
WHERE (w.first_day, w.last_day, w.due_on, w.sessions, w.completed, w.abandoned, w.interrupted, w.score_n,
       w.score_mean, w.engagement_n, w.engagement_mean, w.success_n, w.success_mean, w.score_trend,
       w.engagement_trend, w.risks, w.activities, w.verified, w.emotional_n, w.improvements, w.deteriorations)
    IS DISTINCT FROM
      (excluded.first_day, excluded.last_day, excluded.due_on, excluded.sessions, excluded.completed,
       excluded.abandoned, excluded.interrupted, excluded.score_n, excluded.score_mean, excluded.engagement_n,
       excluded.engagement_mean, excluded.success_n, excluded.success_mean, excluded.score_trend,
       excluded.engagement_trend, excluded.risks, excluded.activities, excluded.verified, excluded.emotional_n,
       excluded.improvements, excluded.deteriorations)
