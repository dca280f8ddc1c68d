-- Writes activities that are not there yet, and marks the months of their days, which are the child's.
WITH recorded AS (
  INSERT INTO activities (
    day, session_id, seq, child_id, completed_at, activity_type, activity_name, description, category,
    points_earned, difficulty_level, started_at, duration_minutes, emotional_state_before,
    emotional_state_after, anxiety_level_before, anxiety_level_after, support_level_needed,
    support_provided_by, assistive_technology_used, environmental_modifications,
    sensory_accommodations, challenges_encountered, strategies_used, environment_type,
    completion_status, success_rating, notes)
  SELECT *
  FROM unnest(
    :day::date[], :session_id::uuid[], :seq::int[], :child_id::bigint[], :completed_at::timestamptz[],
    :activity_type::text[], :activity_name::text[], :description::text[], :category::text[],
    :points_earned::int[], :difficulty_level::int[], :started_at::timestamptz[],
    :duration_minutes::int[], :emotional_state_before::text[], :emotional_state_after::text[],
    :anxiety_level_before::int[], :anxiety_level_after::int[], :support_level_needed::text[],
    :support_provided_by::text[], :assistive_technology_used::jsonb[],
    :environmental_modifications::jsonb[], :sensory_accommodations::jsonb[],
    :challenges_encountered::jsonb[], :strategies_used::jsonb[], :environment_type::text[],
    :completion_status::text[], :success_rating::int[], :notes::text[]
  ) AS a (day, session_id, seq, child_id)
  ORDER BY a.child_id, a.session_id, a.seq
  ON CONFLICT (child_id, session_id, seq) DO NOTHING
  RETURNING child_id, day
)
SELECT mark_months(array_agg(child_id), array_agg(day)) FROM recorded
