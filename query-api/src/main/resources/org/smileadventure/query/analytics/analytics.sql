-- The moments of a window, merged from its days. One row, or none if the viewer may not see the
-- child. A day counts where the child lives, and a window ends today there.
SELECT
  c.timezone,
  m.first_day,
  m.last_day,
  (c.today + 1)::timestamp AT TIME ZONE c.timezone AS next_midnight,
  m.moments,
  w.score_percentile,
  w.engagement_percentile,
  (SELECT (r.ranked_at AT TIME ZONE c.timezone)::date FROM cohort_ranking r WHERE r.window_name = :window) AS percentiles_as_of
FROM (
  SELECT child_id, timezone, (:now::timestamptz AT TIME ZONE timezone)::date AS today
  FROM v_child_access
  WHERE child_id = :child AND user_id = :viewer
  LIMIT 1
) c
CROSS JOIN LATERAL window_moments(
  ARRAY[c.child_id], ARRAY[coalesce(:from::date, c.today - :days::int + 1)], ARRAY[coalesce(:to::date, c.today)]) m
LEFT JOIN LATERAL (
  SELECT s.score_percentile, s.engagement_percentile
  FROM child_window_summary s
  WHERE s.child_id = c.child_id AND s.window_name = :window
  UNION ALL
  SELECT t.score_percentile, t.engagement_percentile
  FROM child_total t
  WHERE t.child_id = c.child_id AND :window = 'all') w ON true
