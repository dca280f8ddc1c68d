-- A page of the words about a child, newest first.
SELECT to_jsonb(c) - 'child_id' || jsonb_build_object('given_by_name', g.full_name, 'recipient_name', r.full_name)
FROM (
  SELECT * FROM consents WHERE child_id = :child AND id < :before ORDER BY id DESC LIMIT :most
) c
LEFT JOIN auth_users g ON g.id = c.given_by
LEFT JOIN auth_users r ON r.id = c.recipient
ORDER BY c.id DESC
