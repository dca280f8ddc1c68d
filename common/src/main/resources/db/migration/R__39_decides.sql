-- Whether the viewer may decide about the child: a guardian, whose account is in use, of a child that is.
-- If so, the others wait until this transaction has ended, and what changes is put down to the viewer.
CREATE OR REPLACE FUNCTION decides(viewer bigint, child bigint) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  FOR attempt IN 1..2 LOOP
    IF NOT EXISTS (SELECT FROM v_child_access a WHERE a.child_id = child AND a.user_id = viewer AND a.as_guardian) THEN
      RETURN false;
    END IF;
    -- What was so before the wait need not be so after it.
    PERFORM FROM children c WHERE c.id = child FOR NO KEY UPDATE;
  END LOOP;
  PERFORM set_config('smile.viewer', viewer::text, true);
  RETURN true;
END $$;
