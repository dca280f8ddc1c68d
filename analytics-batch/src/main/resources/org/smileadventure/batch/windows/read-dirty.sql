-- The next children along the key, with the versions that are about to be computed.
SELECT child_id, version
FROM dirty_child_windows
WHERE child_id = ANY (:children::bigint[])
ORDER BY child_id
