-- Who is not assigned any more loses the cached answers too. As the owner: whoever changes an
-- assignment need not see the child.
CREATE OR REPLACE FUNCTION assignment_changed() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  PERFORM invalidate_children(ARRAY[old.child_id, new.child_id], true);
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER patient_assignments_access
  AFTER UPDATE OR DELETE ON patient_assignments
  FOR EACH ROW EXECUTE FUNCTION assignment_changed();
