-- The versions that are about to be computed, with where the child lives. Not locked:
-- the children may be marked again meanwhile.
SELECT d.child_id, d.version, c.timezone
FROM dirty_child_windows d
JOIN v_computed_child c ON c.child_id = d.child_id
WHERE d.child_id = ANY (:children::bigint[])
ORDER BY d.child_id
