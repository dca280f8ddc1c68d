WITH looked AS (
  INSERT INTO child_access_audit (user_id, child_id, request)
  SELECT u.id, c.id, 'GET /api/v1/quarantine/' || :id::bigint
  FROM auth_users u
  CROSS JOIN children c
  WHERE u.id = :user AND c.id = :child
), noted AS (
  INSERT INTO quarantine_read (topic_id, id, read_by) VALUES (:topic_id, :id, :reader)
)
SELECT 1
