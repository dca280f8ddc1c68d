WITH erased AS (
  UPDATE erasures SET erased_at = clock_timestamp(), erased_rows = :rows::jsonb
  WHERE id = :id
  RETURNING id, child
)
INSERT INTO audit_log (actor_role, action, child, detail)
SELECT 'system', 'erased', child, id::text FROM erased
