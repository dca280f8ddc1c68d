-- Opens to this transaction the children that the viewer may see, or only the one that is named. A look
-- by somebody who is no guardian is put on record, in the transaction of the look; but for the further
-- transactions of a request (null) that has been put on record. An admin has to name the child, and a
-- further look of one has to have a record within a day.
CREATE OR REPLACE FUNCTION open_children(viewer bigint, child bigint, as_admin boolean, request text) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  opened  bigint[];
  looked  bigint[];
  ids     text;
BEGIN
  IF as_admin AND request IS NULL THEN
    IF EXISTS (SELECT FROM audit_log l
               WHERE l.child = open_children.child AND l.actor = viewer AND l.action = 'look'
                 AND l.at > now() - interval '1 day') THEN
      PERFORM set_config('smile.audited_child', child::text, true);
    END IF;
  ELSIF as_admin THEN
    INSERT INTO audit_log (actor, actor_role, action, child, detail)
    SELECT u.id, 'admin', 'look', c.id, left(open_children.request, 500)
    FROM auth_users u
    CROSS JOIN children c
    WHERE u.id = viewer AND u.role = 'admin' AND u.is_active AND u.status = 'active' AND c.id = child
      AND c.is_active;
    IF FOUND THEN
      PERFORM set_config('smile.audited_child', child::text, true);
    END IF;
  END IF;
  SELECT array_agg(DISTINCT a.child_id), array_agg(DISTINCT a.child_id) FILTER (WHERE NOT a.as_guardian)
  INTO opened, looked
  FROM v_child_access a
  WHERE a.user_id = viewer AND (child IS NULL OR a.child_id = child);
  IF looked IS NOT NULL AND NOT as_admin AND request IS NOT NULL THEN
    INSERT INTO audit_log (actor, actor_role, action, child, detail)
    SELECT viewer, 'professional', 'look', l.child_id, left(request, 500)
    FROM unnest(looked) AS l (child_id);
  END IF;
  ids := coalesce(array_to_string(opened, ','), '');
  PERFORM set_config('smile.children', ids, true), set_config('smile.children_mark', opening_mark(ids), true);
END $$;
