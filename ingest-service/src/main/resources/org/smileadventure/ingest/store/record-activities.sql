-- Tasks of daily life, each a row of its own, and their days marked for the summaries.
WITH told AS (
  SELECT e.session_id, e.seq, e.child_id, e.payload, c.timezone,
         coalesce((e.payload ->> 'completedAt')::timestamptz, e.occurred_at) AS completed_at
  FROM session_events e
  JOIN children c ON c.id = e.child_id
  WHERE e.session_id = ANY (:session_ids::uuid[]) AND e.type = 'activity.recorded'
),
recorded AS (
  INSERT INTO activities (
    session_id, seq, child_id, activity_type, activity_name, description, category, points_earned,
    difficulty_level, started_at, completed_at, day, duration_minutes, emotional_state_before,
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
    completed_at,
    (completed_at AT TIME ZONE timezone)::date,
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
  FROM told
  ORDER BY session_id, seq
  ON CONFLICT (session_id, seq) DO NOTHING
  RETURNING child_id, day
)
INSERT INTO dirty_child_days (child_id, day)
SELECT DISTINCT child_id, day FROM recorded ORDER BY child_id, day
ON CONFLICT (child_id, day) DO UPDATE SET version = excluded.version, marked_at = excluded.marked_at
