-- Writes sessions over what is there of them, and marks the months of the days on which they are and on
-- which they were, and those that are over to be packed.
WITH written AS (
  INSERT INTO game_sessions AS g (
    id, child_id, session_type, scenario_name, scenario_id, scenario_version, started_at, ended_at, day,
    duration_seconds, pause_count, total_pause_duration, active_seconds, levels_completed, max_level_reached,
    score, interactions_count, correct_responses, incorrect_responses, help_requests, hint_usage_count,
    success_rate, engagement_score, help_rate, hint_rate, response_time_p50_ms, response_time_p90_ms,
    initial_emotion, final_emotion, distress_seconds, recovery_seconds, emotional_volatility, emotions,
    completion_status, exit_reason, closed_by_silence, achievements_unlocked, progress_markers_hit,
    parent_notes, parent_rating, parent_observed_behavior, device_type, device_model, app_version,
    environment_type, support_person_present, session_data_quality, lost_events, data_quality_notes)
  SELECT *
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
    :data_quality_notes::jsonb[]) AS s
  ORDER BY 1, 2
  ON CONFLICT (id, child_id) DO UPDATE SET
    (session_type, scenario_name, scenario_id, scenario_version, started_at, ended_at, day, duration_seconds,
     pause_count, total_pause_duration, active_seconds, levels_completed, max_level_reached, score,
     interactions_count, correct_responses, incorrect_responses, help_requests, hint_usage_count, success_rate,
     engagement_score, help_rate, hint_rate, response_time_p50_ms, response_time_p90_ms, initial_emotion,
     final_emotion, distress_seconds, recovery_seconds, emotional_volatility, emotions, completion_status,
     exit_reason, closed_by_silence, achievements_unlocked, progress_markers_hit, parent_notes, parent_rating,
     parent_observed_behavior, device_type, device_model, app_version, environment_type, support_person_present,
     session_data_quality, lost_events, data_quality_notes)
      = (excluded.session_type, excluded.scenario_name, excluded.scenario_id, excluded.scenario_version,
         excluded.started_at, excluded.ended_at, excluded.day, excluded.duration_seconds, excluded.pause_count,
         excluded.total_pause_duration, excluded.active_seconds, excluded.levels_completed,
         excluded.max_level_reached, excluded.score, excluded.interactions_count, excluded.correct_responses,
         excluded.incorrect_responses, excluded.help_requests, excluded.hint_usage_count, excluded.success_rate,
         excluded.engagement_score, excluded.help_rate, excluded.hint_rate, excluded.response_time_p50_ms,
         excluded.response_time_p90_ms, excluded.initial_emotion, excluded.final_emotion,
         excluded.distress_seconds, excluded.recovery_seconds, excluded.emotional_volatility, excluded.emotions,
         excluded.completion_status, excluded.exit_reason, excluded.closed_by_silence,
         excluded.achievements_unlocked, excluded.progress_markers_hit, excluded.parent_notes,
         excluded.parent_rating, excluded.parent_observed_behavior, excluded.device_type, excluded.device_model,
         excluded.app_version, excluded.environment_type, excluded.support_person_present,
         excluded.session_data_quality, excluded.lost_events, excluded.data_quality_notes),
    updated_at = now()
  RETURNING g.id, g.child_id, old.day AS day_before, new.day AS day_after, g.completion_status
), unpacked AS (
  INSERT INTO unpacked_sessions (child_id, session_id)
  SELECT child_id, id FROM written WHERE completion_status <> 'in_progress'
  ON CONFLICT (child_id, session_id) DO UPDATE SET since = now()
)
SELECT mark_months(array_agg(child_id), array_agg(day))
FROM (
  SELECT child_id, day_before AS day FROM written
  UNION ALL
  SELECT child_id, day_after FROM written
) touched
