DELETE FROM account_links l
WHERE l.digest IN (
  SELECT o.digest FROM account_links o WHERE least(o.used_at, o.expires_at) < :now::timestamptz - :kept::interval LIMIT :most)
