-- The account of the guardian who asks; the others' are theirs.
SELECT u.id AS key, 0 AS seq, to_jsonb(u) - 'hashed_password' AS document
FROM auth_users u
WHERE u.id = :viewer AND u.id > :after::bigint
  AND EXISTS (SELECT FROM v_guardian g WHERE g.child_id = :child AND g.user_id = u.id)
