-- What goes with somebody who decides about the child no longer: the invitations of theirs that are open, their
-- links to the report, and the tokens of their devices on which the child plays. It is on record, for who asks later who could see.
CREATE OR REPLACE FUNCTION forget_guardian(child bigint, former bigint, decided_by bigint, ended timestamptz) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  device  devices;
BEGIN
  UPDATE guardian_invitations i SET revoked_at = ended
  WHERE i.child_id = child AND i.invited_by = former AND i.accepted_at IS NULL AND i.revoked_at IS NULL;
  WITH ended_links AS (
    UPDATE share_links s SET revoked_at = ended
    WHERE s.child_id = child AND s.made_by = former AND s.revoked_at IS NULL AND s.ends_at > ended
    RETURNING s.id
  )
  INSERT INTO audit_log (actor, actor_role, action, child, detail)
  SELECT decided_by, 'parent', 'share_revoked', forget_guardian.child, l.id::text FROM ended_links l;
  FOR device IN
    UPDATE devices d SET revoked_at = ended, revoked_by = decided_by
    WHERE d.children @> ARRAY[child] AND d.user_id = former AND d.revoked_at IS NULL
    RETURNING *
  LOOP
    INSERT INTO revocations (subject, until) VALUES ('device:' || device.jti, device.expires_at)
    ON CONFLICT (subject) DO UPDATE
    SET revoked = true, changed_at = excluded.changed_at, until = excluded.until;
    INSERT INTO audit_log (actor, actor_role, action, child, detail)
    VALUES (decided_by, 'parent', 'device_revoked', forget_guardian.child, device.jti::text);
  END LOOP;
  INSERT INTO audit_log (actor, actor_role, action, child, detail)
  VALUES (decided_by, 'parent', 'guardian_removed', forget_guardian.child, former::text);
END $$;

-- Removes a guardian: the parent does, or the guardian. Returns what came of it: not_found, parent (who stays),
-- not_yours, last (the accounts of all others are not in use), or removed.
CREATE OR REPLACE FUNCTION remove_guardian(viewer bigint, child bigint, guardian bigint, removed timestamptz) RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  parent  bigint;
BEGIN
  IF NOT decides(viewer, child) THEN
    RETURN 'not_found';
  END IF;
  SELECT c.parent_id INTO parent FROM children c WHERE c.id = child;
  IF guardian = parent THEN
    RETURN 'parent';
  ELSIF NOT EXISTS (SELECT FROM guardians g WHERE g.child_id = child AND g.user_id = guardian) THEN
    RETURN 'not_found';
  ELSIF viewer NOT IN (parent, guardian) THEN
    RETURN 'not_yours';
  END IF;
  -- This locks their accounts: of those who leave and those who close theirs at the same moment one stays.
  IF EXISTS (SELECT FROM only_guardian_of(guardian) o WHERE o.child_id = remove_guardian.child) THEN
    RETURN 'last';
  END IF;
  DELETE FROM guardians g WHERE g.child_id = child AND g.user_id = guardian;
  PERFORM forget_guardian(child, guardian, viewer, removed);
  RETURN 'removed';
END $$;
