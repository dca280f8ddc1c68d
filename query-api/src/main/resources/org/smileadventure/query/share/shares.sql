-- The links to the report of a child, newest first, without what opens them.
SELECT jsonb_build_object(
  'id', s.id, 'label', s.label, 'window', s.window_name, 'language', s.language, 'made_by', s.made_by,
  'made_at', s.made_at, 'ends_at', s.ends_at, 'revoked_at', s.revoked_at, 'looks', l.looks, 'last_look_at', l.last_at)
FROM share_links s
CROSS JOIN LATERAL (
  SELECT count(*) AS looks, max(at) AS last_at FROM share_looks l WHERE l.child_id = s.child_id AND l.share = s.id) l
WHERE s.child_id = :child
ORDER BY s.id DESC
LIMIT 100
