-- Also one that was revoked: until its token expires, somebody may ask whose it is.
DELETE FROM devices d
WHERE d.jti IN (
  SELECT o.jti FROM devices o WHERE o.expires_at < :now::timestamptz - :kept::interval LIMIT :most)
