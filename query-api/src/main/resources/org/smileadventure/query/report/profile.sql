-- All that is kept of a child itself, and since when events are kept (null: all of them are). No row
-- if there is no child that the viewer may see.
SELECT to_jsonb(c) AS child,
       (SELECT timestamptz 'epoch' + ('x' || left(replace(f.least_session_id::text, '-', ''), 12))::bit(48)::bigint * interval '1 ms'
        FROM forgotten_events f
        WHERE f.least_session_id <> '00000000-0000-0000-0000-000000000000') AS events_kept_since
FROM children c
WHERE c.id = :child
  AND EXISTS (SELECT FROM v_child_access a WHERE a.child_id = c.id AND a.user_id = :viewer)
