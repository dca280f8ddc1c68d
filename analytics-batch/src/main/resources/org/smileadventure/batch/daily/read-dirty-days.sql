-- The versions that are about to be materialised. Not locked: a writer may go on meanwhile.
SELECT d.child_id, d.day, d.version
FROM unnest(:children::bigint[], :days::date[]) AS w (child_id, day)
JOIN dirty_child_days d ON d.child_id = w.child_id AND d.day = w.day
ORDER BY d.child_id, d.day
