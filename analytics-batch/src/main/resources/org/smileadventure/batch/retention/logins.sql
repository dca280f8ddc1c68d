-- With their tokens.
DELETE FROM auth_logins l
WHERE l.id IN (
  SELECT o.id FROM auth_logins o WHERE least(o.ended_at, o.expires_at) < :now::timestamptz - :kept::interval LIMIT :most)
