DELETE FROM quarantine_replay_run r
WHERE r.id IN (
  SELECT o.id FROM quarantine_replay_run o WHERE o.ended_at < :now::timestamptz - :kept::interval LIMIT :most)
