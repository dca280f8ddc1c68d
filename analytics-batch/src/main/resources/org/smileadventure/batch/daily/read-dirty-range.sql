-- The versions that are about to be materialised. Not locked: a writer may go on meanwhile.
SELECT child_id, day, version
FROM dirty_child_days
WHERE child_id = ANY (:children::bigint[]) AND day BETWEEN :first::date AND :last::date
ORDER BY child_id, day
