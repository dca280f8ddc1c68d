-- What was seen stays seen, whoever comes later with an earlier record.
WITH audited AS (
  INSERT INTO audit_log (actor, actor_role, action, detail)
  VALUES (:user::bigint, 'admin', 'quarantine_seen', :detail)
)
INSERT INTO quarantine_seen AS s (topic_id, seen_up_to) VALUES (:topic_id, :up_to)
ON CONFLICT (topic_id) DO UPDATE SET seen_up_to = excluded.seen_up_to
WHERE s.seen_up_to IS NULL OR s.seen_up_to < excluded.seen_up_to
