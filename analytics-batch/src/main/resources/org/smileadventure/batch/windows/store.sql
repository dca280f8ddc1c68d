-- Returns the children of whom something is different now.
INSERT INTO child_window_summary AS w (
  child_id, window_name, first_day, last_day, due_on, computed_at, sessions, completed, abandoned,
  interrupted, score_n, score_mean, engagement_n, engagement_mean, success_n, success_mean,
  score_trend, engagement_trend, risks, figures)
SELECT
  child_id, window_name, first_day, last_day, due_on, :now::timestamptz,
  (figures #> '{totals,sessions}')::bigint,
  (figures #> '{totals,completed}')::bigint,
  (figures #> '{totals,abandoned}')::bigint,
  (figures #> '{totals,interrupted}')::bigint,
  (figures #> '{score,n}')::bigint,
  (figures #>> '{score,mean}')::float8,
  (figures #> '{engagement,n}')::bigint,
  (figures #>> '{engagement,mean}')::float8,
  (figures #> '{success,n}')::bigint,
  (figures #>> '{success,mean}')::float8,
  figures #>> '{score,trend,direction}',
  figures #>> '{engagement,trend,direction}',
  ARRAY(SELECT r ->> 'rule' FROM jsonb_array_elements(figures -> 'risks') r),
  figures
FROM unnest(:children::bigint[], :windows::text[], :firsts::date[], :lasts::date[], :due::date[], :figures::jsonb[])
  AS f (child_id, window_name, first_day, last_day, due_on, figures)
ORDER BY child_id, window_name
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
