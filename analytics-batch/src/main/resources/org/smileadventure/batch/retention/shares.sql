DELETE FROM share_links s
WHERE (s.child_id, s.id) IN (
  SELECT o.child_id, o.id
  FROM share_links o
  WHERE least(o.revoked_at, o.ends_at) < :now::timestamptz - :kept::interval
  LIMIT :most)
