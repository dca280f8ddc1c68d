-- A record that is older can be sent again: what it says is stored already, or refused once more.
DELETE FROM quarantine_replay r
WHERE (r.topic_id, r.id) IN (
  SELECT o.topic_id, o.id FROM quarantine_replay o WHERE o.replayed_at < now() - :kept::interval LIMIT :most)
