-- All that is kept of a child itself, what of it the viewer may take away, and since when events are kept (null: all of them are). No row
-- if there is no child that the viewer may see.
SELECT to_jsonb(c) AS child, a.may_export, a.may_read_notes, a.for_family,
       (SELECT timestamptz 'epoch' + ('x' || left(replace(f.least_session_id::text, '-', ''), 12))::bit(48)::bigint * interval '1 ms'
        FROM forgotten_events f
        WHERE f.least_session_id <> '00000000-0000-0000-0000-000000000000') AS events_kept_since
FROM children c
CROSS JOIN LATERAL (
  SELECT bool_or(v.may_export) AS may_export, bool_or(v.may_read_notes) AS may_read_notes,
         bool_or(v.as_guardian OR u.role = 'admin') AS for_family
  FROM v_child_access v
  JOIN auth_users u ON u.id = v.user_id
  WHERE v.child_id = c.id AND v.user_id = :viewer
) a
WHERE c.id = :child AND a.may_export IS NOT NULL
