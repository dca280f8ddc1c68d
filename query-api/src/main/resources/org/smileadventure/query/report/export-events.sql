-- Events of a child by session and sequence, after the last one of the page before. They have no index
-- by child, but each session has a row from its first event on, and each activity has one, which need not
-- be of a session. A page is of so many rows with events as
-- together have some megabytes, and of one at least.
WITH rows AS MATERIALIZED (
  SELECT s.id, e.first_seq, length(e.events) AS bytes
  FROM (
    SELECT id FROM game_sessions WHERE child_id = :child AND id >= :after::uuid
    UNION
    SELECT session_id FROM activities WHERE child_id = :child AND session_id >= :after::uuid
    ORDER BY id
  ) s
  CROSS JOIN LATERAL (
    SELECT e.first_seq, e.events
    FROM session_events e
    WHERE e.session_id = s.id AND e.child_id = :child
      AND (s.id > :after::uuid OR e.first_seq > :after_seq)
    ORDER BY e.first_seq
    OFFSET 0
  ) e
  ORDER BY s.id, e.first_seq
  LIMIT 500
), page AS (
  SELECT id, first_seq, sum(bytes) OVER (ORDER BY id, first_seq) - bytes AS bytes_before FROM rows
)
SELECT e.session_id AS key, e.seq, to_jsonb(e) AS document
FROM page
JOIN LATERAL (
  SELECT s.session_id, s.child_id, (told.event -> 0)::int AS seq, told.event ->> 1 AS type,
         timestamptz 'epoch' + (told.event -> 2)::bigint * interval '1 microsecond' AS occurred_at,
         s.received_at,
         CASE WHEN :notes OR told.event ->> 1 <> 'parent.rated' THEN told.event -> 3
              ELSE (told.event -> 3) - 'notes' - 'observedBehavior' END AS payload
  FROM session_events s
  CROSS JOIN LATERAL jsonb_array_elements(convert_from(s.events, 'UTF8')::jsonb) AS told (event)
  WHERE s.session_id = page.id AND s.child_id = :child AND s.first_seq = page.first_seq
) e ON true
WHERE page.bytes_before < 2000000
ORDER BY e.session_id, e.seq
