-- Writes the days of these sessions, and notes how far it is.
WITH moved AS (
  UPDATE game_sessions g SET day = p.day
  FROM unnest(:ids::uuid[], :days::date[]) AS p (id, day)
  WHERE g.id = p.id AND g.child_id = :child AND g.day <> p.day
)
UPDATE moved_children SET last_started_at = :last_at::timestamptz, last_session_id = :last_id::uuid
WHERE child_id = :child
