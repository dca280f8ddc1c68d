-- What was changed of a child.
SELECT c.id AS key, 0 AS seq, to_jsonb(c) AS document
FROM child_changes c
WHERE c.child_id = :child AND c.id > :after::bigint
ORDER BY c.id
LIMIT 500
