-- In a statement of its own, after the locks: it sees what was committed before they were had.
SELECT u.child_id, u.session_id
FROM unnest(:children::bigint[]) AS c (child_id)
CROSS JOIN LATERAL (
  SELECT s.child_id, s.session_id
  FROM unpacked_sessions s
  WHERE s.child_id = c.child_id AND s.since < now() - :pack_after::interval
  ORDER BY s.session_id
  LIMIT :most
) u
