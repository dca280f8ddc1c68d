-- Tasks of daily life, each a row of its own.
INSERT INTO activities (
  session_id, seq, child_id, activity_type, activity_name, description, category, points_earned,
  difficulty_level, started_at, completed_at, duration_minutes, emotional_state_before,
  emotional_state_after, anxiety_level_before, anxiety_level_after, support_level_needed,
  support_provided_by, assistive_technology_used, environmental_modifications,
  sensory_accommodations, challenges_encountered, strategies_used, environment_type,
  completion_status, success_rating, notes)
SELECT
  session_id,
  seq,
  child_id,
  payload ->> 'activityType',
  payload ->> 'activityName',
  payload ->> 'description',
  payload ->> 'category',
  coalesce((payload -> 'pointsEarned')::int, 0),
  (payload -> 'difficultyLevel')::int,
  (payload ->> 'startedAt')::timestamptz,
  coalesce((payload ->> 'completedAt')::timestamptz, occurred_at),
  (payload -> 'durationMinutes')::int,
  payload ->> 'emotionalStateBefore',
  payload ->> 'emotionalStateAfter',
  (payload -> 'anxietyLevelBefore')::int,
  (payload -> 'anxietyLevelAfter')::int,
  payload ->> 'supportLevelNeeded',
  payload ->> 'supportProvidedBy',
  coalesce(payload -> 'assistiveTechnologyUsed', '[]'),
  coalesce(payload -> 'environmentalModifications', '[]'),
  coalesce(payload -> 'sensoryAccommodations', '[]'),
  coalesce(payload -> 'challengesEncountered', '[]'),
  coalesce(payload -> 'strategiesUsed', '[]'),
  payload ->> 'environmentType',
  coalesce(payload ->> 'completionStatus', 'completed'),
  (payload -> 'successRating')::int,
  payload ->> 'notes'
FROM session_events
WHERE session_id = ANY (:session_ids::uuid[]) AND type = 'activity.recorded'
ORDER BY session_id, seq
ON CONFLICT (session_id, seq) DO NOTHING
