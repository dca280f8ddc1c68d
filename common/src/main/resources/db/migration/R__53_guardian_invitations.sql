-- Asks somebody by mail to become a guardian, or to take over as the parent. Returns what came of it:
-- not_found, not_parent (only the parent hands a child over), too_many (ten are open), or invited.
CREATE OR REPLACE FUNCTION invite_guardian(
    viewer bigint, child bigint, kind text, email text, digest bytea, invited timestamptz, expires timestamptz,
    subject text, body text, OUT outcome text, OUT invitation uuid)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
#variable_conflict use_variable
BEGIN
  IF NOT decides(viewer, child) THEN
    outcome := 'not_found';
    RETURN;
  ELSIF kind = 'transfer' AND NOT EXISTS (SELECT FROM children c WHERE c.id = child AND c.parent_id = viewer) THEN
    outcome := 'not_parent';
    RETURN;
  ELSIF (SELECT count(*) FROM guardian_invitations i
         WHERE i.child_id = child AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > invited) >= 10 THEN
    outcome := 'too_many';
    RETURN;
  END IF;
  INSERT INTO guardian_invitations AS i (child_id, digest, kind, email, invited_by, invited_at, expires_at)
  VALUES (child, digest, kind, email, viewer, invited, expires)
  RETURNING i.id INTO invitation;
  INSERT INTO outgoing_mail (child, recipient, subject, body) VALUES (child, email, subject, body);
  outcome := 'invited';
END $$;

-- Takes an invitation back. Returns whether there is such an open one.
CREATE OR REPLACE FUNCTION revoke_invitation(viewer bigint, child bigint, invitation uuid, revoked timestamptz) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  IF NOT decides(viewer, child) THEN
    RETURN false;
  END IF;
  UPDATE guardian_invitations i SET revoked_at = revoked
  WHERE i.child_id = child AND i.id = invitation AND i.accepted_at IS NULL AND i.revoked_at IS NULL;
  RETURN FOUND;
END $$;

-- Accepts the invitation with the token of this digest. Returns what came of it: not_found (there is none, or
-- no such child any more), other_address, over (it was used, taken back, or has expired, or who invited does not
-- decide about the child any more), too_many (a parent has twenty children, a child has ten guardians), or accepted.
CREATE OR REPLACE FUNCTION accept_invitation(
    viewer bigint, token_digest bytea, accepted timestamptz, OUT outcome text, OUT child bigint, OUT kind text)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  invitation  guardian_invitations;
  former      bigint;
BEGIN
  SELECT i.child_id INTO child FROM guardian_invitations i WHERE i.digest = token_digest;
  PERFORM FROM children c WHERE c.id = accept_invitation.child AND c.is_active FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    outcome := 'not_found';
    RETURN;
  END IF;
  -- The account before the invitation, as whoever closes an account locks them.
  PERFORM FROM auth_users u WHERE u.id = viewer FOR NO KEY UPDATE;
  SELECT * INTO invitation FROM guardian_invitations i
  WHERE i.child_id = accept_invitation.child AND i.digest = token_digest FOR UPDATE;
  SELECT c.parent_id INTO former FROM children c WHERE c.id = accept_invitation.child;
  IF NOT EXISTS (
    SELECT FROM auth_users u
    WHERE u.id = viewer AND u.role = 'parent' AND u.is_active AND u.status = 'active' AND u.is_verified
      AND u.email = invitation.email) THEN
    outcome := 'other_address';
    RETURN;
  ELSIF invitation.accepted_at IS NOT NULL OR invitation.revoked_at IS NOT NULL OR invitation.expires_at <= accepted
    OR invitation.kind = 'transfer' AND former <> invitation.invited_by
    OR NOT EXISTS (
      SELECT FROM v_child_access a
      WHERE a.child_id = accept_invitation.child AND a.user_id = invitation.invited_by AND a.as_guardian) THEN
    outcome := 'over';
    RETURN;
  END IF;
  PERFORM set_config('smile.viewer', viewer::text, true);
  kind := invitation.kind;
  IF kind = 'transfer' AND former <> viewer THEN
    IF (SELECT count(*) FROM children c WHERE c.parent_id = viewer AND c.is_active) >= 20 THEN
      outcome := 'too_many';
      RETURN;
    END IF;
    DELETE FROM guardians g WHERE g.child_id = accept_invitation.child AND g.user_id = viewer;
    UPDATE children c SET parent_id = viewer, version = c.version + 1, updated_at = now()
    WHERE c.id = accept_invitation.child;
    PERFORM forget_guardian(accept_invitation.child, former, viewer, accepted);
  ELSIF kind = 'guardian' AND former <> viewer THEN
    IF (SELECT count(*) FROM guardians g WHERE g.child_id = accept_invitation.child) >= 10 THEN
      outcome := 'too_many';
      RETURN;
    END IF;
    INSERT INTO guardians (child_id, user_id, added_by, since)
    VALUES (accept_invitation.child, viewer, invitation.invited_by, accepted)
    ON CONFLICT DO NOTHING;
  END IF;
  UPDATE guardian_invitations i SET accepted_at = accepted, accepted_by = viewer
  WHERE i.child_id = accept_invitation.child AND i.id = invitation.id;
  INSERT INTO audit_log (actor, actor_role, action, child, detail)
  VALUES (viewer, 'parent', 'guardian_added', accept_invitation.child, viewer::text);
  outcome := 'accepted';
END $$;
