-- Returns the children of whom something is different now.
INSERT INTO child_window_summary AS w (
  child_id, window_name, first_day, last_day, due_on, computed_at, sessions, completed, abandoned,
  interrupted, score_n, score_mean, engagement_n, engagement_mean, success_n, success_mean,
  score_trend, engagement_trend, risks, figures)
SELECT
  f.child_id, f.window_name, f.first_day, f.last_day, f.due_on, :now::timestamptz, c.sessions, c.completed,
  c.abandoned, c.interrupted, c.score_n, c.score_mean, c.engagement_n, c.engagement_mean, c.success_n,
  c.success_mean, c.score_trend, c.engagement_trend, c.risks, f.figures
FROM unnest(:children::bigint[], :windows::text[], :firsts::date[], :lasts::date[], :due::date[], :figures::jsonb[])
  AS f (child_id, window_name, first_day, last_day, due_on, figures)
CROSS JOIN LATERAL window_columns(f.figures) c
ORDER BY f.child_id, f.window_name
ON CONFLICT (child_id, window_name) DO UPDATE SET
  first_day = excluded.first_day,
  last_day = excluded.last_day,
  due_on = excluded.due_on,
  computed_at = excluded.computed_at,
  sessions = excluded.sessions,
  completed = excluded.completed,
  abandoned = excluded.abandoned,
  interrupted = excluded.interrupted,
  score_n = excluded.score_n,
  score_mean = excluded.score_mean,
  engagement_n = excluded.engagement_n,
  engagement_mean = excluded.engagement_mean,
  success_n = excluded.success_n,
  success_mean = excluded.success_mean,
  score_trend = excluded.score_trend,
  engagement_trend = excluded.engagement_trend,
  risks = excluded.risks,
  figures = excluded.figures
WHERE (w.first_day, w.last_day, w.due_on, w.sessions, w.completed, w.abandoned, w.interrupted, w.score_n,
       w.score_mean, w.engagement_n, w.engagement_mean, w.success_n, w.success_mean, w.score_trend,
       w.engagement_trend, w.risks, w.figures)
    IS DISTINCT FROM
      (excluded.first_day, excluded.last_day, excluded.due_on, excluded.sessions, excluded.completed,
       excluded.abandoned, excluded.interrupted, excluded.score_n, excluded.score_mean, excluded.engagement_n,
       excluded.engagement_mean, excluded.success_n, excluded.success_mean, excluded.score_trend,
       excluded.engagement_trend, excluded.risks, excluded.figures)
RETURNING child_id, old.figures IS DISTINCT FROM new.figures AS changed
