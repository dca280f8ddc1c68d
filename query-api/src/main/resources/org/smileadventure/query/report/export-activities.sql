-- Activities of a child by id, after the last one of the page before.
SELECT a.id AS key, 0 AS seq, to_jsonb(a) AS document
FROM activities a
WHERE a.child_id = :child AND a.id > :after::bigint
ORDER BY a.id
LIMIT 500
