-- In the order of the key, so that two writers wait for each other instead of blocking each other.
INSERT INTO dirty_child_days (child_id, day)
SELECT DISTINCT d.child_id, d.day
FROM unnest(:child_ids::bigint[], :days::date[]) AS d (child_id, day)
ORDER BY d.child_id, d.day
ON CONFLICT (child_id, day) DO UPDATE SET version = excluded.version, marked_at = excluded.marked_at
