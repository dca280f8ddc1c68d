-- PlayReader reads the columns by their places.
-- OFFSET 0 makes the planner look up each range by the index, however many there are.
SELECT
  s.id, s.child_id, s.started_at, s.day, c.timezone, s.session_type,
  coalesce(s.scenario_id, s.scenario_name) AS scenario,
  s.completion_status, s.exit_reason, s.support_person_present,
  s.interactions_count, s.levels_completed,
  jsonb_array_length(s.achievements_unlocked) AS achievements,
  (s.initial_emotion IS NOT NULL)::int + (s.final_emotion IS NOT NULL)::int AS states_told,
  s.score, s.engagement_score, s.success_rate, s.duration_seconds, s.active_seconds,
  s.distress_seconds, s.recovery_seconds, s.parent_rating,
  CASE WHEN :courses THEN s.emotions END AS emotions
FROM unnest(:children::bigint[], :firsts::date[], :lasts::date[]) AS r (child_id, first, last)
JOIN children c ON c.id = r.child_id
CROSS JOIN LATERAL (
  SELECT * FROM game_sessions g
  WHERE g.child_id = r.child_id AND g.day BETWEEN r.first AND r.last OFFSET 0) s
