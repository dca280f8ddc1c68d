-- The versions that are about to be computed. Not locked: the children may be marked again meanwhile.
SELECT child_id, version
FROM dirty_child_windows
WHERE child_id = ANY (:children::bigint[])
ORDER BY child_id
