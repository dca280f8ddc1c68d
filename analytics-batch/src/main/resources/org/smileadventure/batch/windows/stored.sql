-- The windows that should be up to date.
SELECT w.child_id, w.window_name, w.last_day
FROM child_window_summary w
WHERE w.child_id = ANY (:children::bigint[])
  AND NOT EXISTS (SELECT FROM dirty_child_windows d WHERE d.child_id = w.child_id)
  AND NOT EXISTS (SELECT FROM dirty_child_months d WHERE d.child_id = w.child_id)
