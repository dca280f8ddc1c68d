-- A new child of the parent, with what the parent consents to. Null for a parent who has twenty, or whose
-- account is not in use.
CREATE OR REPLACE FUNCTION add_child(viewer bigint, profile jsonb, purposes text[], text_version text) RETURNS bigint
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  made  bigint;
BEGIN
  -- Two of one parent at a time would be one too many.
  PERFORM FROM auth_users u
  WHERE u.id = viewer AND u.role = 'parent' AND u.is_active AND u.status = 'active'
  FOR NO KEY UPDATE;
  IF NOT FOUND OR (SELECT count(*) FROM children c WHERE c.parent_id = viewer AND c.is_active) >= 20 THEN
    RETURN NULL;
  END IF;
  INSERT INTO children (
    parent_id, name, age, date_of_birth, timezone, avatar_url, diagnosis, support_level, diagnosis_date,
    diagnosing_professional, sensory_profile, behavioral_notes, communication_style, communication_notes,
    current_therapies, emergency_contacts, safety_protocols, baseline_assessment, last_assessment_date,
    progress_notes)
  SELECT
    viewer, p.name, p.age, p.date_of_birth, p.timezone, p.avatar_url, p.diagnosis, p.support_level, p.diagnosis_date,
    p.diagnosing_professional, p.sensory_profile, p.behavioral_notes, p.communication_style, p.communication_notes,
    p.current_therapies, p.emergency_contacts, p.safety_protocols, p.baseline_assessment, p.last_assessment_date,
    p.progress_notes
  FROM jsonb_populate_record(NULL::children, profile) p
  RETURNING id INTO made;
  INSERT INTO consents (child_id, purpose, granted, given_by, text_version, given_how)
  SELECT made, purpose, true, viewer, add_child.text_version, 'api' FROM unnest(purposes) AS purpose;
  INSERT INTO audit_log (actor, actor_role, action, child, detail)
  SELECT viewer, 'parent', 'consent', made, purpose || ' granted'
  FROM unnest(purposes) AS purpose;
  RETURN made;
END $$;
