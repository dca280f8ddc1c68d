-- What was received of a child's month since it was last sent, in the order of its sessions. A writer may
-- have taken its time between the moment that a row says and its commit; an hour is more than it may take.
SELECT e.session_id, e.child_id, e.events
FROM (
  SELECT g.id FROM game_sessions g
  WHERE g.child_id = :child AND g.day >= :month::date AND g.day < (:month::date + interval '1 month')::date
  UNION
  SELECT a.session_id FROM activities a
  WHERE a.child_id = :child AND a.day >= :month::date AND a.day < (:month::date + interval '1 month')::date
) s
JOIN session_events e ON e.session_id = s.id AND e.child_id = :child
WHERE e.received_at > :sent_until::timestamptz - interval '1 hour'
ORDER BY e.session_id, e.first_seq
