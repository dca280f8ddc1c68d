-- As for months: a child that was marked again since its version was read stays.
DELETE FROM dirty_child_windows d
USING unnest(:children::bigint[], :versions::bigint[]) AS done (child_id, version)
WHERE d.child_id = done.child_id AND d.version = done.version
