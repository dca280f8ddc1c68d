-- Puts this profile in the place of the one of this version. Returns what came of it: not_found, stale (it
-- is of another version by now), or changed.
CREATE OR REPLACE FUNCTION change_child(viewer bigint, child bigint, known bigint, profile jsonb) RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  IF NOT decides(viewer, child) THEN
    RETURN 'not_found';
  END IF;
  UPDATE children AS c SET
    name = p.name, age = p.age, date_of_birth = p.date_of_birth, timezone = p.timezone, avatar_url = p.avatar_url,
    diagnosis = p.diagnosis, support_level = p.support_level, diagnosis_date = p.diagnosis_date,
    diagnosing_professional = p.diagnosing_professional, sensory_profile = p.sensory_profile,
    behavioral_notes = p.behavioral_notes, communication_style = p.communication_style,
    communication_notes = p.communication_notes, current_therapies = p.current_therapies,
    emergency_contacts = p.emergency_contacts, safety_protocols = p.safety_protocols,
    baseline_assessment = p.baseline_assessment, last_assessment_date = p.last_assessment_date,
    progress_notes = p.progress_notes, version = c.version + 1, updated_at = now()
  FROM jsonb_populate_record(NULL::children, profile) p
  WHERE c.id = child AND c.version = known;
  IF NOT FOUND THEN
    RETURN 'stale';
  END IF;
  -- Its name and age stand in answers that are cached.
  PERFORM invalidate_children(ARRAY[child]);
  RETURN 'changed';
END $$;
