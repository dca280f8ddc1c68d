-- What windows rest on, for those that should be up to date.
SELECT m.child_id, m.first_day, m.last_day, m.moments
FROM (
  SELECT array_agg(w.child_id) AS children, array_agg(w.first_day) AS firsts, array_agg(w.last_day) AS lasts
  FROM child_window_summary w
  WHERE w.child_id = ANY (:children::bigint[])
    AND NOT EXISTS (SELECT FROM dirty_child_windows d WHERE d.child_id = w.child_id)
    AND NOT EXISTS (SELECT FROM dirty_child_days d WHERE d.child_id = w.child_id)
) stored
CROSS JOIN LATERAL window_moments(stored.children, stored.firsts, stored.lasts) m
