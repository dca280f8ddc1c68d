-- What may be done with a child's data, each word.
SELECT c.id AS key, 0 AS seq, to_jsonb(c) AS document
FROM consents c
WHERE c.child_id = :child AND c.id > :after::bigint
ORDER BY c.id
LIMIT 500
