-- Deletes accounts, so many at most, of which nobody has shown for so long that the address is theirs, and returns
-- how many there were: no link to do so is open, and nothing else is of them. Whoever may call it cannot say how
-- long that is.
CREATE OR REPLACE FUNCTION forget_registrations(most int) RETURNS bigint
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  gone bigint;
BEGIN
  DELETE FROM auth_users u
  WHERE u.id IN (
    SELECT o.id FROM auth_users o
    WHERE o.status = 'pending' AND NOT o.is_verified
      AND o.created_at < now() - (SELECT p.period FROM retention_policy p WHERE p.class = 'registrations')
      AND NOT EXISTS (SELECT FROM account_links l WHERE l.user_id = o.id AND l.used_at IS NULL AND l.expires_at > now())
      AND NOT EXISTS (SELECT FROM v_guardian g WHERE g.user_id = o.id)
      AND NOT EXISTS (SELECT FROM guardian_invitations i WHERE i.invited_by = o.id)
      AND NOT EXISTS (SELECT FROM patient_assignments a WHERE o.id IN (a.professional_id, a.assigned_by))
      AND NOT EXISTS (SELECT FROM consents c WHERE c.recipient = o.id)
      AND NOT EXISTS (SELECT FROM session_ratings r WHERE r.rated_by = o.id)
      AND NOT EXISTS (SELECT FROM share_links s WHERE s.made_by = o.id)
      AND NOT EXISTS (SELECT FROM devices d WHERE d.user_id = o.id)
      AND NOT EXISTS (SELECT FROM auth_logins l WHERE l.user_id = o.id)
    ORDER BY o.id
    LIMIT most
    FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$;
