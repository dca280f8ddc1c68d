-- What is stored of sessions around the places that are asked for.
SELECT e.session_id, e.child_id, e.events
FROM unnest(:sessions::uuid[], :children::bigint[], :firsts::int[], :lasts::int[])
  AS p (session_id, child_id, first, last)
CROSS JOIN LATERAL (
  SELECT s.session_id, s.child_id, s.events
  FROM session_events s
  WHERE s.session_id = p.session_id AND s.child_id = p.child_id
    AND s.first_seq <= p.last AND s.last_seq >= p.first
  OFFSET 0) e
