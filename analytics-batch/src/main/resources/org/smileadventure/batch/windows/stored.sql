-- What windows rest on, for those that should be up to date. How long a window is, its name says.
SELECT m.child_id, m.first_day, m.last_day, m.moments
FROM (
  SELECT array_agg(w.child_id) AS children, array_agg(w.last_day - n.days + 1) AS firsts, array_agg(w.last_day) AS lasts
  FROM child_window_summary w
  JOIN unnest(:windows::text[], :days::int[]) AS n (window_name, days) ON n.window_name = w.window_name
  WHERE w.child_id = ANY (:children::bigint[])
    AND NOT EXISTS (SELECT FROM dirty_child_windows d WHERE d.child_id = w.child_id)
    AND NOT EXISTS (SELECT FROM dirty_child_days d WHERE d.child_id = w.child_id)
) stored
CROSS JOIN LATERAL window_moments(stored.children, stored.firsts, stored.lasts) m
