-- Who was told whose the event is has looked at the child.
WITH looked AS (
  INSERT INTO audit_log (actor, actor_role, action, child, detail)
  SELECT :user::bigint, 'admin', 'look', c.id, 'GET /api/v1/events/find'
  FROM children c
  WHERE c.id = :child::bigint
)
INSERT INTO audit_log (actor, actor_role, action, child, detail)
VALUES (:user::bigint, 'admin', 'event_find', :child::bigint, :detail)
