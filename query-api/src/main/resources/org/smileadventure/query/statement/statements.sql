-- What a page of a child's statements is made of: the rows with its events, by the start of their session
-- and by sequence, after the last event of the page before; and activities that are in no session by when
-- they were done. No row if the viewer may not see the child; one row without events if there are none
-- (left). Sessions whose events are forgotten are passed over. Each side is ordered by its index, so that
-- nothing is read behind the page.
SELECT e.at, e.session_id, e.seq, e.events
FROM (
  SELECT child_id FROM v_child_access WHERE child_id = :child AND user_id = :viewer LIMIT 1
) c
LEFT JOIN LATERAL (
  SELECT s.at, s.session_id, s.seq, e.first_seq, e.events
  FROM (
    (SELECT g.started_at AS at, g.id AS session_id, NULL::int AS seq
     FROM game_sessions g
     WHERE g.child_id = c.child_id AND (g.started_at, g.id) >= (:at::timestamptz, :session::uuid)
     ORDER BY g.started_at, g.id)
    UNION ALL
    (SELECT a.completed_at, a.session_id, a.seq
     FROM activities a
     WHERE a.child_id = c.child_id
       AND (a.completed_at, a.session_id, a.seq) > (:at::timestamptz, :session::uuid, :seq::int)
       AND NOT EXISTS (SELECT FROM game_sessions g WHERE g.id = a.session_id AND g.child_id = a.child_id)
     ORDER BY a.completed_at, a.session_id)
    ORDER BY at, session_id
  ) s
  CROSS JOIN LATERAL (
    SELECT e.first_seq, e.events
    FROM session_events e
    WHERE e.session_id = s.session_id AND e.child_id = c.child_id
      AND CASE WHEN s.seq IS NOT NULL THEN s.seq BETWEEN e.first_seq AND e.last_seq
               WHEN (s.at, s.session_id) = (:at::timestamptz, :session::uuid) THEN e.last_seq > :seq::int
               ELSE true END
    ORDER BY e.first_seq
  ) e
  ORDER BY s.at, s.session_id, s.seq, e.first_seq
  LIMIT :most
) e ON true
ORDER BY e.at, e.session_id, e.seq, e.first_seq
