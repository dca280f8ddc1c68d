DELETE FROM guardian_invitations i
WHERE (i.child_id, i.digest) IN (
  SELECT o.child_id, o.digest
  FROM guardian_invitations o
  WHERE least(o.accepted_at, o.revoked_at, o.expires_at) < :now::timestamptz - :kept::interval
  LIMIT :most)
