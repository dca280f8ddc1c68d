-- The last word about each purpose, and about sharing with each professional.
SELECT to_jsonb(c) - 'child_id' || jsonb_build_object('given_by_name', g.full_name, 'recipient_name', r.full_name)
FROM (
  SELECT DISTINCT ON (purpose, recipient) *
  FROM consents
  WHERE child_id = :child
  ORDER BY purpose, recipient, id DESC
  LIMIT 1000
) c
LEFT JOIN auth_users g ON g.id = c.given_by
LEFT JOIN auth_users r ON r.id = c.recipient
ORDER BY c.purpose, c.recipient
