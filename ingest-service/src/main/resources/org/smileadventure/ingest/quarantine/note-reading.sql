WITH looked AS (
  INSERT INTO audit_log (actor, actor_role, action, child, detail)
  SELECT :user::bigint, 'admin', 'look', c.id, 'GET /api/v1/quarantine/' || :id::bigint
  FROM children c
  WHERE c.id = :child
), audited AS (
  INSERT INTO audit_log (actor, actor_role, action, child, detail)
  VALUES (:user::bigint, 'admin', 'quarantine_read', nullif(:child::bigint, 0), :detail)
), noted AS (
  INSERT INTO quarantine_read (topic_id, id, read_by) VALUES (:topic_id, :id, :reader)
)
SELECT 1
