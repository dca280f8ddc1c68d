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
  w.last_day AS percentiles_as_of
FROM (
  SELECT child_id, timezone, (:now::timestamptz AT TIME ZONE timezone)::date AS today
  FROM v_child_access
  WHERE child_id = :child AND user_id = :viewer
  LIMIT 1
) c
CROSS JOIN LATERAL window_moments(
  ARRAY[c.child_id], ARRAY[coalesce(:from::date, c.today - :days::int + 1)], ARRAY[coalesce(:to::date, c.today)]) m
LEFT JOIN child_window_summary w ON w.child_id = c.child_id AND w.window_name = :window
