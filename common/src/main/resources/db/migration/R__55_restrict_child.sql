-- Has the child's data kept and not used, or lifts that again. Returns whether the viewer may decide it.
CREATE OR REPLACE FUNCTION restrict_child(viewer bigint, child bigint, restricted boolean) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  IF NOT decides(viewer, child) THEN
    RETURN false;
  END IF;
  UPDATE children c
  SET restricted_at = CASE WHEN restricted THEN now() END, version = c.version + 1, updated_at = now()
  WHERE c.id = child AND (c.restricted_at IS NOT NULL) <> restricted;
  IF FOUND THEN
    INSERT INTO audit_log (actor, actor_role, action, child, detail)
    VALUES (viewer, 'parent', 'restriction', restrict_child.child, CASE WHEN restricted THEN 'set' ELSE 'lifted' END);
  END IF;
  RETURN true;
END $$;
