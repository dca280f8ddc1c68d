-- What was received of a child's month since it was last sent, in the order of its sessions, after the last
-- row that was read. A writer may have taken its time between the moment that a row says and its commit;
-- an hour is more than it may take. Each session's rows are found along the key. A packed row has what was
-- received before, too; it may have taken the place of the last row that was read and of those after it.
SELECT s.id AS session_id, e.last_seq, e.received_at, e.events,
       :sent_until::timestamptz - interval '1 hour' AS sent_until
FROM (
  SELECT g.id FROM game_sessions g
  WHERE g.child_id = :child AND g.day >= :month::date AND g.day < (:month::date + interval '1 month')::date
    AND g.id >= :session::uuid
  UNION
  SELECT a.session_id FROM activities a
  WHERE a.child_id = :child AND a.day >= :month::date AND a.day < (:month::date + interval '1 month')::date
    AND a.session_id >= :session::uuid
) s
CROSS JOIN LATERAL (
  SELECT e.first_seq, e.last_seq, e.received_at, e.events
  FROM session_events e
  WHERE e.session_id = s.id AND e.child_id = :child
    AND e.received_at > :sent_until::timestamptz - interval '1 hour'
    AND (s.id > :session::uuid OR e.last_seq > :last_seq)
  OFFSET 0
) e
ORDER BY s.id, e.first_seq
LIMIT :most
