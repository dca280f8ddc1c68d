-- As what the viewer may say something of the child: parent (a guardian) or professional; null: not at all.
-- The child's row is locked, so that only one says something at a time.
CREATE OR REPLACE FUNCTION says_as(viewer bigint, child bigint) RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  role  text;
BEGIN
  FOR attempt IN 1..2 LOOP
    SELECT CASE WHEN bool_or(a.as_guardian) THEN 'parent' ELSE 'professional' END INTO role
    FROM v_child_access a
    JOIN auth_users u ON u.id = a.user_id
    WHERE a.child_id = child AND a.user_id = viewer AND u.role <> 'admin'
    HAVING count(*) > 0;
    IF role IS NULL THEN
      RETURN NULL;
    END IF;
    -- What was so before the wait need not be so after it.
    PERFORM FROM children c WHERE c.id = child FOR NO KEY UPDATE;
  END LOOP;
  RETURN role;
END $$;

-- Notes a phase, which goes on if it has no last day. Returns what came of it: not_found, too_many (a child
-- has a hundred), or added.
CREATE OR REPLACE FUNCTION add_phase(
    viewer bigint, child bigint, day date, until date, kind text, label text, OUT outcome text, OUT phase uuid)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
  role  text := says_as(viewer, child);
BEGIN
  IF role IS NULL THEN
    outcome := 'not_found';
    RETURN;
  ELSIF (SELECT count(*) FROM child_phases p WHERE p.child_id = child) >= 100 THEN
    outcome := 'too_many';
    RETURN;
  END IF;
  INSERT INTO child_phases AS p (child_id, day, until, kind, label, made_by, made_as)
  VALUES (child, day, until, kind, label, viewer, role)
  RETURNING p.id INTO phase;
  INSERT INTO audit_log (actor, actor_role, action, child, detail)
  VALUES (viewer, role, 'phase_added', child, phase::text);
  PERFORM invalidate_children(ARRAY[child]);
  outcome := 'added';
END $$;

-- Puts this in the place of the phase of this version: what the viewer noted, or for a guardian what anybody
-- did. Returns what came of it: not_found, not_yours, stale (it is of another version by now), or changed.
CREATE OR REPLACE FUNCTION change_phase(
    viewer bigint, child bigint, phase uuid, known bigint, day date, until date, kind text, label text) RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
  role    text := says_as(viewer, child);
  before  child_phases;
BEGIN
  IF role IS NULL THEN
    RETURN 'not_found';
  END IF;
  SELECT p.* INTO before FROM child_phases p WHERE p.child_id = child AND p.id = phase;
  IF NOT FOUND THEN
    RETURN 'not_found';
  ELSIF role <> 'parent' AND before.made_by <> viewer THEN
    RETURN 'not_yours';
  ELSIF before.version <> known THEN
    RETURN 'stale';
  END IF;
  UPDATE child_phases AS p
  SET day = change_phase.day, until = change_phase.until, kind = change_phase.kind, label = change_phase.label,
      version = p.version + 1
  WHERE p.child_id = child AND p.id = phase;
  INSERT INTO audit_log (actor, actor_role, action, child, detail)
  VALUES (viewer, role, 'phase_changed', child, phase::text);
  PERFORM invalidate_children(ARRAY[child]);
  RETURN 'changed';
END $$;

-- Removes what the viewer noted, or a guardian what anybody did. Returns what came of it: not_found,
-- not_yours, or removed.
CREATE OR REPLACE FUNCTION remove_phase(viewer bigint, child bigint, phase uuid) RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  role     text := says_as(viewer, child);
  removed  child_phases;
BEGIN
  IF role IS NULL THEN
    RETURN 'not_found';
  END IF;
  SELECT p.* INTO removed FROM child_phases p WHERE p.child_id = child AND p.id = phase;
  IF NOT FOUND THEN
    RETURN 'not_found';
  ELSIF role <> 'parent' AND removed.made_by <> viewer THEN
    RETURN 'not_yours';
  END IF;
  DELETE FROM child_phases p WHERE p.child_id = child AND p.id = phase;
  INSERT INTO audit_log (actor, actor_role, action, child, detail)
  VALUES (viewer, role, 'phase_removed', remove_phase.child, phase::text);
  PERFORM invalidate_children(ARRAY[child]);
  RETURN 'removed';
END $$;
