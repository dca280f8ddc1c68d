WITH asked AS (
  INSERT INTO quarantine_replay_run (topic_id, reason, since, most, per_second, asked_by, next_id, end_id)
  VALUES (:topic_id, :reason, :since::timestamptz, :most, :per_second, :by, :next_id, :end_id)
  RETURNING *
), audited AS (
  INSERT INTO audit_log (actor, actor_role, action, detail)
  SELECT :user::bigint, 'admin', 'quarantine_replay',
    concat('run ', id, ': ', reason, ' since ' || since, ', at most ', most, ', ', per_second, ' a second',
      :by_name::text)
  FROM asked
)
SELECT * FROM asked
