-- Who has asked meanwhile for it to be stopped is not overruled.
UPDATE quarantine_replay_run r SET
  next_id = :next_id, looked_at = looked_at + :looked_at, sent = sent + :sent,
  already_sent = already_sent + :already_sent, not_sendable = not_sendable + :not_sendable,
  not_before = clock_timestamp() + :sent::int * interval '1 second' / per_second,
  state = CASE WHEN r.state = 'running' AND done.ends THEN 'completed' ELSE r.state END,
  ended_at = CASE WHEN r.state = 'running' AND done.ends THEN clock_timestamp() ELSE r.ended_at END
FROM (
  SELECT id, sent + :sent >= most OR :next_id >= end_id AS ends FROM quarantine_replay_run WHERE id = :id
) done
WHERE r.id = done.id
RETURNING r.*
