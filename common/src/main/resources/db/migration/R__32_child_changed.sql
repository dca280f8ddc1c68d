-- Another parent, activity or time zone of a child is another answer.
CREATE OR REPLACE FUNCTION child_changed() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  PERFORM invalidate_children(ARRAY[new.id], true);
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER children_access
  AFTER UPDATE OF parent_id, is_active, timezone ON children
  FOR EACH ROW EXECUTE FUNCTION child_changed();
