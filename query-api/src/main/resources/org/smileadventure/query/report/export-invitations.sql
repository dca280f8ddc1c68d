-- Who was asked to become a guardian, without what would let in.
SELECT i.id AS key, 0 AS seq, to_jsonb(i) - 'digest' AS document
FROM guardian_invitations i
WHERE i.child_id = :child AND i.id > :after::uuid
ORDER BY i.id
LIMIT 500
