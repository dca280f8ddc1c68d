-- What is stored of a session, of each child that has told of it; that with the most events first. A packed
-- row says when the last of its events came, and when the first did only within its bytes.
SELECT e.child_id, sum(e.last_seq - e.first_seq + 1)::int AS events,
       min(e.first_seq) AS first_sequence, max(e.last_seq) AS last_sequence,
       bool_or(:sequence::int BETWEEN e.first_seq AND e.last_seq) AS sequence_stored,
       CASE WHEN NOT bool_or(e.packed) THEN min(e.received_at) END AS first_received_at,
       max(e.received_at) AS last_received_at
FROM session_events e
WHERE e.session_id = :session
GROUP BY e.child_id
ORDER BY events DESC, e.child_id
LIMIT 1
