-- Takes a word about a purpose. Returns what came of it: not_found, no_recipient (there is no such
-- professional), or given.
CREATE OR REPLACE FUNCTION give_consent(
    viewer bigint, child bigint, purpose text, recipient bigint, granted boolean, text_version text,
    OUT outcome text, OUT consent bigint)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
#variable_conflict use_variable
BEGIN
  -- Before any lock on the child: see consent_waits().
  IF purpose = 'record_store' THEN
    PERFORM pg_advisory_xact_lock(1, (child / 64 % 2147483647)::int);
  END IF;
  -- The last word has the highest number, as only one is taken at a time.
  IF NOT decides(viewer, child) THEN
    outcome := 'not_found';
    RETURN;
  ELSIF recipient IS NOT NULL
    AND NOT EXISTS (SELECT FROM auth_users u WHERE u.id = recipient AND u.role = 'professional') THEN
    outcome := 'no_recipient';
    RETURN;
  END IF;
  INSERT INTO consents AS c (child_id, purpose, recipient, granted, given_by, text_version, given_how)
  VALUES (child, purpose, recipient, granted, viewer, text_version, 'api')
  RETURNING c.id INTO consent;
  INSERT INTO audit_log (actor, actor_role, action, child, detail)
  VALUES (viewer, 'parent', 'consent', child,
    concat_ws(' ', purpose, 'with ' || recipient, CASE WHEN granted THEN 'granted' ELSE 'withdrawn' END));
  outcome := 'given';
END $$;
