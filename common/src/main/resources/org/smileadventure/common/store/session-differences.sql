-- Rows that are not what was computed just now.
SELECT format('game_sessions of child %s: %s', g.child_id, g.id)
FROM unnest(
  :id::uuid[], :child_id::bigint[], :session_type::text[], :scenario_name::text[], :scenario_id::text[],
  :scenario_version::text[], :started_at::timestamptz[], :ended_at::timestamptz[], :day::date[],
  :duration_seconds::int[], :pause_count::int[], :total_pause_duration::int[], :active_seconds::int[],
  :levels_completed::int[], :max_level_reached::int[], :score::int[], :interactions_count::int[],
  :correct_responses::int[], :incorrect_responses::int[], :help_requests::int[], :hint_usage_count::int[],
  :success_rate::numeric[], :engagement_score::numeric[], :help_rate::numeric[], :hint_rate::numeric[],
  :response_time_p50_ms::int[], :response_time_p90_ms::int[], :initial_emotion::text[],
  :final_emotion::text[], :distress_seconds::int[], :recovery_seconds::numeric[],
  :emotional_volatility::numeric[], :emotions::jsonb[], :completion_status::text[], :exit_reason::text[],
  :closed_by_silence::boolean[], :achievements_unlocked::jsonb[], :progress_markers_hit::jsonb[],
  :parent_notes::text[], :parent_rating::int[], :parent_observed_behavior::jsonb[], :device_type::text[],
  :device_model::text[], :app_version::text[], :environment_type::text[],
  :support_person_present::boolean[], :session_data_quality::text[], :lost_events::int[],
  :data_quality_notes::jsonb[]) AS s (id, child_id)
JOIN game_sessions g ON g.id = s.id AND g.child_id = s.child_id
WHERE ROW (s.*) IS DISTINCT FROM
  ROW (
    g.id, g.child_id, g.session_type, g.scenario_name, g.scenario_id, g.scenario_version, g.started_at,
    g.ended_at, g.day, g.duration_seconds, g.pause_count, g.total_pause_duration, g.active_seconds,
    g.levels_completed, g.max_level_reached, g.score, g.interactions_count, g.correct_responses,
    g.incorrect_responses, g.help_requests, g.hint_usage_count, g.success_rate, g.engagement_score,
    g.help_rate, g.hint_rate, g.response_time_p50_ms, g.response_time_p90_ms, g.initial_emotion,
    g.final_emotion, g.distress_seconds, g.recovery_seconds, g.emotional_volatility, g.emotions,
    g.completion_status, g.exit_reason, g.closed_by_silence, g.achievements_unlocked,
    g.progress_markers_hit, g.parent_notes, g.parent_rating, g.parent_observed_behavior, g.device_type,
    g.device_model, g.app_version, g.environment_type, g.support_person_present, g.session_data_quality,
    g.lost_events, g.data_quality_notes)
ORDER BY g.child_id, g.id
LIMIT 20
