-- The days of the sessions that a batch has changed.
INSERT INTO dirty_child_days (child_id, day)
SELECT DISTINCT child_id, day
FROM game_sessions
WHERE id = ANY (:session_ids::uuid[])
ORDER BY child_id, day
ON CONFLICT (child_id, day) DO UPDATE SET version = excluded.version, marked_at = excluded.marked_at
