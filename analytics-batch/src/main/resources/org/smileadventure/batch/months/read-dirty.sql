-- The versions that are about to be folded. Not locked: a writer may go on meanwhile.
SELECT child_id, month, version
FROM dirty_child_months
WHERE child_id = ANY (:children::bigint[]) AND month BETWEEN :first::date AND :last::date
ORDER BY child_id, month
