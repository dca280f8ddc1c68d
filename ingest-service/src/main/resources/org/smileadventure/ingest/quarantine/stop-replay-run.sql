WITH stopped AS (
  UPDATE quarantine_replay_run SET state = 'stopped', ended_at = clock_timestamp()
  WHERE id = :id AND state = 'running'
)
INSERT INTO audit_log (actor, actor_role, action, detail)
VALUES (:user::bigint, 'admin', 'quarantine_replay', :detail)
