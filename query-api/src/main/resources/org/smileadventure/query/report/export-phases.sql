-- What began for a child, and when.
SELECT p.id AS key, 0 AS seq, to_jsonb(p) AS document
FROM child_phases p
WHERE p.child_id = :child AND p.id > :after::uuid
ORDER BY p.id
LIMIT 500
