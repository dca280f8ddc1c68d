-- What the job reads of the sessions of the last so many days, in no order.
SELECT
  s.id, s.child_id, s.started_at, s.day, c.timezone, s.session_type,
  coalesce(s.scenario_id, s.scenario_name) AS scenario,
  s.completion_status, s.exit_reason, s.support_person_present,
  s.interactions_count, s.levels_completed,
  jsonb_array_length(s.achievements_unlocked) AS achievements,
  (s.initial_emotion IS NOT NULL)::int + (s.final_emotion IS NOT NULL)::int AS states_told,
  s.score, s.engagement_score, s.success_rate, s.duration_seconds, s.active_seconds,
  s.distress_seconds, s.recovery_seconds, s.parent_rating, s.emotions
FROM game_sessions s
JOIN children c ON c.id = s.child_id
WHERE s.day > current_date - ?
