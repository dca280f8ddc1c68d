-- Another parent, activity, time zone or restriction of a child is another answer.
CREATE OR REPLACE FUNCTION child_changed() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  PERFORM invalidate_children(ARRAY[coalesce(new.id, old.id)], true);
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER children_access
  AFTER UPDATE OF parent_id, is_active, timezone, restricted_at OR DELETE ON children
  FOR EACH ROW EXECUTE FUNCTION child_changed();

CREATE OR REPLACE FUNCTION guardian_changed() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  PERFORM invalidate_children(ARRAY[old.child_id, new.child_id], true);
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER guardians_access
  AFTER INSERT OR UPDATE OR DELETE ON guardians
  FOR EACH ROW EXECUTE FUNCTION guardian_changed();
