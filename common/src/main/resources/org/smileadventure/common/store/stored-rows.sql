-- The rows of these sessions of children that are stored, whether packed or not.
SELECT e.session_id, e.child_id, e.first_seq, e.last_seq, e.received_at, e.packed, e.events
FROM unnest(:sessions::uuid[], :children::bigint[]) AS p (session_id, child_id)
CROSS JOIN LATERAL (
  SELECT s.* FROM session_events s WHERE s.session_id = p.session_id AND s.child_id = p.child_id OFFSET 0) e
ORDER BY e.session_id, e.child_id, e.first_seq
