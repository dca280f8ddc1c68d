-- The figures of windows say of more of what is null why it is so. Those that are stored do not yet.
INSERT INTO dirty_child_windows (child_id)
SELECT DISTINCT child_id FROM child_window_summary ORDER BY child_id
ON CONFLICT (child_id) DO UPDATE SET version = excluded.version, marked_at = excluded.marked_at;
