WITH looked AS (
  INSERT INTO audit_log (actor, actor_role, action, child, detail)
  SELECT u.id, 'admin', 'look', c.id, 'GET /api/v1/quarantine/' || :id::bigint
  FROM auth_users u
  CROSS JOIN children c
  WHERE u.id = :user AND c.id = :child
), noted AS (
  INSERT INTO quarantine_read (topic_id, id, read_by) VALUES (:topic_id, :id, :reader)
)
SELECT 1
