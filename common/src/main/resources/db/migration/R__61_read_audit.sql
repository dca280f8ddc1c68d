-- A page of the audit, newest first, for an admin; nothing for anybody else. That it was asked for is put
-- on record before, in the same transaction.
CREATE OR REPLACE FUNCTION read_audit(
  viewer bigint, request text, of_actor bigint, of_child bigint, of_action text,
  since timestamptz, until timestamptz, before_at timestamptz, before_id bigint, most int)
  RETURNS TABLE (id bigint, at timestamptz, actor bigint, actor_role text, action text, child bigint, detail text)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
BEGIN
  INSERT INTO audit_log (actor, actor_role, action, child, detail)
  SELECT u.id, 'admin', 'audit_read', of_child, left(request, 500)
  FROM auth_users u
  WHERE u.id = viewer AND u.role = 'admin' AND u.is_active AND u.status = 'active';
  IF FOUND THEN
    RETURN QUERY
      SELECT l.id, l.at, l.actor, l.actor_role, l.action, l.child, l.detail
      FROM audit_log l
      WHERE (of_actor IS NULL OR l.actor = of_actor)
        AND (of_child IS NULL OR l.child = of_child)
        AND (of_action IS NULL OR l.action = of_action)
        AND l.at >= since AND l.at < until
        AND (l.at, l.id) < (before_at, before_id)
      ORDER BY l.at DESC, l.id DESC
      LIMIT most;
  END IF;
END $$;
