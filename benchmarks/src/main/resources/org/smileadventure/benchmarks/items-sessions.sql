-- All sessions in the order of the key, with what the summary of a day needs of each.
SELECT
  child_id, day, completion_status, exit_reason, interactions_count, levels_completed,
  jsonb_array_length(achievements_unlocked) AS achievements,
  score, engagement_score, success_rate, duration_seconds, recovery_seconds, active_seconds,
  distress_seconds, parent_rating, support_person_present,
  (initial_emotion IS NOT NULL)::int + (final_emotion IS NOT NULL)::int AS states_told,
  (emotions -> 'observations')::int AS observations,
  (emotions -> 'into_distress')::int AS into_distress,
  emotions IS NOT NULL AND emotions -> 'strategies' IS NULL AS unaided
FROM game_sessions
ORDER BY child_id, day
