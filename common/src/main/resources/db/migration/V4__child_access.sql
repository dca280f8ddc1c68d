-- Who may see which child: its parent, and the professionals it is assigned to, while their accounts
-- are in use. Every statement that returns something about a child goes through this view, bound to
-- who asks; a statement that does not find its child here returns nothing.
CREATE VIEW v_child_access AS
SELECT c.id AS child_id, u.id AS user_id, c.timezone
FROM children c
JOIN auth_users u ON u.id = c.parent_id
WHERE c.is_active AND u.is_active AND u.status = 'active'
UNION ALL
SELECT c.id, u.id, c.timezone
FROM patient_assignments a
JOIN children c ON c.id = a.child_id
JOIN auth_users u ON u.id = a.professional_id
WHERE a.status = 'active' AND u.role = 'professional'
  AND c.is_active AND u.is_active AND u.status = 'active';

-- Answers are cached for who was allowed to see them. When that may have changed, the child's answers
-- go the way of those whose invalidation had to wait: ingest-service drains this table every second.
CREATE FUNCTION invalidate_children(children bigint[]) RETURNS void
  LANGUAGE sql
  BEGIN ATOMIC
    INSERT INTO pending_invalidation (child_id, since)
    SELECT child_id, clock_timestamp()
    FROM (SELECT DISTINCT child_id FROM unnest(children) AS child_id WHERE child_id IS NOT NULL ORDER BY 1) due
    ON CONFLICT (child_id) DO UPDATE SET since = excluded.since;
  END;

CREATE FUNCTION child_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM invalidate_children(ARRAY[new.id]);
  RETURN NULL;
END $$;
CREATE TRIGGER children_access
  AFTER UPDATE OF parent_id, is_active, timezone ON children
  FOR EACH ROW EXECUTE FUNCTION child_changed();

CREATE FUNCTION assignment_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM invalidate_children(ARRAY[old.child_id, new.child_id]);
  RETURN NULL;
END $$;
CREATE TRIGGER patient_assignments_access
  AFTER UPDATE OR DELETE ON patient_assignments
  FOR EACH ROW EXECUTE FUNCTION assignment_changed();

CREATE FUNCTION user_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM invalidate_children(ARRAY(
    SELECT id FROM children WHERE parent_id = new.id
    UNION
    SELECT child_id FROM patient_assignments WHERE professional_id = new.id AND status = 'active'));
  RETURN NULL;
END $$;
CREATE TRIGGER auth_users_access
  AFTER UPDATE OF status, is_active, role ON auth_users
  FOR EACH ROW EXECUTE FUNCTION user_changed();
