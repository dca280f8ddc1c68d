-- A page of what was changed of a child, newest first. Administrators are an office here, and have no names.
SELECT to_jsonb(c) || jsonb_build_object('changed_by_name', CASE WHEN u.role <> 'admin' THEN u.full_name END)
FROM (
  SELECT id, changed_at, changed_by, field, old_value, new_value
  FROM child_changes
  WHERE child_id = :child AND id < :before
  ORDER BY id DESC
  LIMIT :most
) c
LEFT JOIN auth_users u ON u.id = c.changed_by
ORDER BY c.id DESC
