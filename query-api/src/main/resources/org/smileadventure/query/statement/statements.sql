-- What a page of a child's statements is made of: the rows with its events, by the start of their session
-- and by sequence, after the last event of the page before; and activities that are in no session by when
-- they were done. No row if the viewer may not see the child; one row without events if there are none
-- (left), or if the viewer may not take the child's data away. Sessions whose events are forgotten are passed
-- over. Each of the others has a row at least, but the one in which the page before ended: so no side takes
-- more than one above what the page does, along its index. Whether there is a row is looked up for each, as
-- a join of the two would be made for all.
SELECT c.may_export, e.at, e.session_id, e.seq, e.events
FROM (
  SELECT child_id, bool_or(may_export) AS may_export
  FROM v_child_access
  WHERE child_id = :child AND user_id = :viewer
  GROUP BY child_id
) c
LEFT JOIN LATERAL (
  SELECT s.at, s.session_id, s.seq, e.first_seq, e.events
  FROM (
    (SELECT g.started_at AS at, g.id AS session_id, NULL::int AS seq
     FROM game_sessions g
     WHERE g.child_id = :child AND (g.started_at, g.id) >= (:at::timestamptz, :session::uuid)
       AND (SELECT true FROM session_events e WHERE e.session_id = g.id AND e.child_id = :child LIMIT 1)
     ORDER BY g.started_at, g.id
     LIMIT :most + 1)
    UNION ALL
    (SELECT a.completed_at, a.session_id, a.seq
     FROM activities a
     WHERE a.child_id = :child
       AND (a.completed_at, a.session_id, a.seq) > (:at::timestamptz, :session::uuid, :seq::int)
       AND NOT EXISTS (SELECT FROM game_sessions g WHERE g.id = a.session_id AND g.child_id = a.child_id)
       AND (SELECT true FROM session_events e WHERE e.session_id = a.session_id AND e.child_id = :child LIMIT 1)
     ORDER BY a.completed_at, a.session_id, a.seq
     LIMIT :most)
    ORDER BY at, session_id
  ) s
  CROSS JOIN LATERAL (
    SELECT e.first_seq, e.events
    FROM session_events e
    WHERE e.session_id = s.session_id AND e.child_id = :child
      AND CASE WHEN s.seq IS NOT NULL THEN s.seq BETWEEN e.first_seq AND e.last_seq
               WHEN (s.at, s.session_id) = (:at::timestamptz, :session::uuid) THEN e.last_seq > :seq::int
               ELSE true END
    ORDER BY e.first_seq
  ) e
  ORDER BY s.at, s.session_id, s.seq, e.first_seq
  LIMIT :most
) e ON c.may_export
ORDER BY e.at, e.session_id, e.seq, e.first_seq
