-- A day that was marked since the moments were merged may be in one and not in the other.
SELECT format('child_window_summary of child %s, %s up to %s', w.child_id, w.window_name, w.last_day)
FROM unnest(:children::bigint[], :windows::text[], :firsts::date[], :due::date[], :figures::jsonb[])
  AS f (child_id, window_name, first_day, due_on, figures)
JOIN child_window_summary w ON w.child_id = f.child_id AND w.window_name = f.window_name
CROSS JOIN LATERAL window_columns(f.figures) c
WHERE (w.first_day, w.due_on, w.figures, w.sessions, w.completed, w.abandoned, w.interrupted,
       w.score_n, w.score_mean, w.engagement_n, w.engagement_mean, w.success_n, w.success_mean,
       w.score_trend, w.engagement_trend, w.risks)
    IS DISTINCT FROM
      (f.first_day, f.due_on, f.figures, c.sessions, c.completed, c.abandoned, c.interrupted,
       c.score_n, c.score_mean, c.engagement_n, c.engagement_mean, c.success_n, c.success_mean,
       c.score_trend, c.engagement_trend, c.risks)
  AND NOT EXISTS (SELECT FROM dirty_child_days d WHERE d.child_id = w.child_id)
UNION ALL
SELECT format('child_window_summary of child %s, %s: there is none', c.child_id, n.window_name)
FROM unnest(:all::bigint[]) AS c (child_id)
CROSS JOIN unnest(:names::text[]) AS n (window_name)
WHERE EXISTS (SELECT FROM child_daily_summary s WHERE s.child_id = c.child_id)
  AND NOT EXISTS (
    SELECT FROM child_window_summary w WHERE w.child_id = c.child_id AND w.window_name = n.window_name)
  AND NOT EXISTS (SELECT FROM dirty_child_windows d WHERE d.child_id = c.child_id)
  AND NOT EXISTS (SELECT FROM dirty_child_days d WHERE d.child_id = c.child_id)
ORDER BY 1
