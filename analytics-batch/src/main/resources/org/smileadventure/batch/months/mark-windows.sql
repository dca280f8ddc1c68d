-- The children whose windows may be behind their months. In the order of the key, so that two wait for
-- each other instead of blocking each other.
INSERT INTO dirty_child_windows (child_id)
SELECT child_id FROM unnest(:children::bigint[]) AS child_id ORDER BY child_id
ON CONFLICT (child_id) DO UPDATE SET version = excluded.version, marked_at = excluded.marked_at
