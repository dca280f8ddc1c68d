-- The invitations of a child, newest first.
SELECT to_jsonb(i) || jsonb_build_object('state',
  CASE WHEN i.accepted_at IS NOT NULL THEN 'accepted'
       WHEN i.revoked_at IS NOT NULL THEN 'revoked'
       WHEN i.expires_at <= :now::timestamptz THEN 'expired'
       ELSE 'open' END)
FROM (
  SELECT id, kind, email, invited_by, invited_at, expires_at, accepted_at, revoked_at
  FROM guardian_invitations
  WHERE child_id = :child AND id < :before::uuid
  ORDER BY id DESC
  LIMIT :most
) i
ORDER BY i.id DESC
