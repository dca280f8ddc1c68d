DELETE FROM quarantine_replay r
WHERE (r.topic_id, r.id) IN (
  SELECT o.topic_id, o.id FROM quarantine_replay o WHERE o.replayed_at < :now::timestamptz - :kept::interval LIMIT :most)
