-- Of which of these children nothing may be kept, and why.
SELECT asked.id AS child_id, e.child IS NOT NULL AS erased
FROM unnest(:children::bigint[]) AS asked (id)
LEFT JOIN erasures e ON e.child = asked.id
LEFT JOIN children c ON c.id = asked.id
WHERE e.child IS NOT NULL OR NOT c.play_consent
