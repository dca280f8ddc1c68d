-- Opens to this transaction the children that the viewer may see, or only the one that is named. An
-- admin has to name it, and that is put on record; but for the further transactions of a request (null)
-- that has been put on record within a day.
CREATE OR REPLACE FUNCTION open_children(viewer bigint, child bigint, as_admin boolean, request text) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  IF as_admin AND request IS NULL THEN
    IF EXISTS (SELECT FROM child_access_audit l
               WHERE l.child_id = open_children.child AND l.user_id = viewer AND l.at > now() - interval '1 day') THEN
      PERFORM set_config('smile.audited_child', child::text, true);
    END IF;
  ELSIF as_admin THEN
    INSERT INTO child_access_audit (user_id, child_id, request)
    SELECT u.id, c.id, left(open_children.request, 500)
    FROM auth_users u
    CROSS JOIN children c
    WHERE u.id = viewer AND u.role = 'admin' AND u.is_active AND u.status = 'active' AND c.id = child;
    IF FOUND THEN
      PERFORM set_config('smile.audited_child', child::text, true);
    END IF;
  END IF;
  PERFORM set_config('smile.children',
    coalesce((SELECT string_agg(DISTINCT a.child_id::text, ',')
              FROM v_child_access a
              WHERE a.user_id = viewer AND (child IS NULL OR a.child_id = child)), ''), true);
END $$;

REVOKE EXECUTE ON FUNCTION open_children(bigint, bigint, boolean, text) FROM public;
GRANT EXECUTE ON FUNCTION open_children(bigint, bigint, boolean, text) TO smile_query;
