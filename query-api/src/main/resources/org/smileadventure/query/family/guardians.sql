-- The guardians of a child, its parent first.
SELECT jsonb_build_object('user_id', u.id, 'name', u.full_name, 'parent', g.parent, 'since', g.since, 'added_by', g.added_by)
FROM (
  SELECT parent_id AS user_id, true AS parent, NULL::timestamptz AS since, NULL::bigint AS added_by
  FROM children WHERE id = :child
  UNION ALL
  SELECT user_id, false, since, added_by FROM guardians WHERE child_id = :child
) g
JOIN auth_users u ON u.id = g.user_id
ORDER BY g.parent DESC, g.since, u.id
