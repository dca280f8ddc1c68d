-- Ends a login, or all of a user but one; and all services know it for as long as its tokens are good.
WITH ended AS (
  UPDATE auth_logins SET ended_at = :now::timestamptz, end_reason = :reason
  WHERE (id = :login::uuid OR user_id = :user::bigint) AND ended_at IS NULL AND id IS DISTINCT FROM :but::uuid
  RETURNING id
)
INSERT INTO revocations AS r (subject, until)
SELECT 'login:' || id, :until::timestamptz FROM ended
ON CONFLICT (subject) DO UPDATE SET revoked = true, changed_at = excluded.changed_at, until = excluded.until
RETURNING subject
