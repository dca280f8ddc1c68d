-- The children of a range for whom the calendar changes something today, where they live, whatever was
-- written. Nobody's today is later than that of UTC+14.
INSERT INTO dirty_child_windows (child_id)
SELECT DISTINCT w.child_id
FROM child_window_summary w
JOIN v_computed_child c ON c.child_id = w.child_id
WHERE w.child_id BETWEEN :first_child AND :last_child
  AND w.due_on <= (:now::timestamptz AT TIME ZONE 'UTC' + interval '14 hours')::date
  AND w.due_on <= (:now::timestamptz AT TIME ZONE c.timezone)::date
ORDER BY w.child_id
ON CONFLICT (child_id) DO NOTHING
