-- The typed columns of child_month_summary, as a definition.
SELECT
  child_id,
  month,
  coalesce(s.sessions, 0) AS sessions,
  coalesce(s.completed, 0) AS completed,
  coalesce(s.abandoned, 0) AS abandoned,
  coalesce(s.interrupted, 0) AS interrupted,
  coalesce(s.in_progress, 0) AS in_progress,
  coalesce(s.duration_seconds, 0) AS duration_seconds,
  coalesce(s.score_n, 0) AS score_n,
  coalesce(s.score_sum, 0) AS score_sum,
  coalesce(s.engagement_n, 0) AS engagement_n,
  coalesce(s.engagement_sum, 0) AS engagement_sum,
  coalesce(s.success_n, 0) AS success_n,
  coalesce(s.success_sum, 0) AS success_sum,
  coalesce(a.activities, 0) AS activities,
  coalesce(a.points, 0) AS points
FROM (
  SELECT
    child_id,
    date_trunc('month', day)::date AS month,
    count(*) AS sessions,
    count(*) FILTER (WHERE completion_status = 'completed') AS completed,
    count(*) FILTER (WHERE completion_status = 'abandoned') AS abandoned,
    count(*) FILTER (WHERE completion_status = 'interrupted') AS interrupted,
    count(*) FILTER (WHERE completion_status = 'in_progress') AS in_progress,
    sum(duration_seconds) FILTER (WHERE completion_status = 'completed') AS duration_seconds,
    count(score) FILTER (WHERE completion_status = 'completed') AS score_n,
    sum(score) FILTER (WHERE completion_status = 'completed') AS score_sum,
    count(engagement_score) FILTER (WHERE completion_status = 'completed') AS engagement_n,
    sum(engagement_score) FILTER (WHERE completion_status = 'completed') AS engagement_sum,
    count(success_rate) FILTER (WHERE completion_status = 'completed') AS success_n,
    sum(success_rate) FILTER (WHERE completion_status = 'completed') AS success_sum
  FROM game_sessions
  GROUP BY child_id, date_trunc('month', day)
) s
FULL JOIN (
  SELECT child_id, date_trunc('month', day)::date AS month, count(*) AS activities, sum(points_earned) AS points
  FROM activities
  GROUP BY child_id, date_trunc('month', day)
) a USING (child_id, month)
