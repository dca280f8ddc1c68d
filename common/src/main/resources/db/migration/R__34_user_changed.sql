-- An account that is not in use any more loses the cached answers too, and its invitations, which do not come
-- back with it. As the owner: whoever changes an account does not see its children.
CREATE OR REPLACE FUNCTION user_changed() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  PERFORM invalidate_children(ARRAY(
    SELECT child_id FROM v_guardian WHERE user_id = new.id
    UNION
    SELECT child_id FROM patient_assignments WHERE professional_id = new.id AND status = 'active'), true);
  IF NOT new.is_active OR new.status <> 'active' THEN
    UPDATE guardian_invitations i SET revoked_at = now()
    WHERE i.invited_by = new.id AND i.accepted_at IS NULL AND i.revoked_at IS NULL;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER auth_users_access
  AFTER UPDATE OF status, is_active, role ON auth_users
  FOR EACH ROW EXECUTE FUNCTION user_changed();
