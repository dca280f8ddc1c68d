-- What is on record about a child, newest first, before the entry of this time and number: for its guardians,
-- and for an admin whose own look was put on record in this transaction. Admins are an office here, and have
-- no names: that of one without a number is the end of the detail.
CREATE OR REPLACE FUNCTION access_log(viewer bigint, child bigint, before_at timestamptz, before_id bigint, most int)
  RETURNS TABLE (id bigint, at timestamptz, role text, name text, action text, detail text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  SELECT l.id, l.at, l.actor_role,
         CASE WHEN l.actor_role IN ('parent', 'professional') THEN u.full_name END, l.action,
         CASE WHEN l.actor_role = 'admin' AND l.actor IS NULL
              THEN regexp_replace(l.detail, ' by .*', '') ELSE l.detail END
  FROM audit_log l
  LEFT JOIN auth_users u ON u.id = l.actor
  WHERE l.child = access_log.child AND (l.at, l.id) < (before_at, before_id)
    AND EXISTS (
      SELECT FROM v_child_access a
      JOIN auth_users v ON v.id = a.user_id
      WHERE a.child_id = access_log.child AND a.user_id = viewer
        AND (a.as_guardian OR v.role = 'admin'))
  ORDER BY l.at DESC, l.id DESC
  LIMIT most;
$$;
