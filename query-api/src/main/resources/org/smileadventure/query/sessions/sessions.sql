-- A page of a child's sessions, newest first, after the last one of the page before. No row if the
-- viewer may not see the child; one row without a session if there are none (left).
WITH child AS (
  SELECT child_id
  FROM v_child_access
  WHERE child_id = :child AND user_id = :viewer
  LIMIT 1
)
SELECT s.*
FROM child c
LEFT JOIN LATERAL (
  SELECT id, session_type, scenario_id, scenario_name, scenario_version, started_at, ended_at,
         completion_status, exit_reason, duration_seconds, pause_count, total_pause_duration,
         active_seconds, levels_completed, max_level_reached, score, interactions_count,
         correct_responses, incorrect_responses, help_requests, hint_usage_count, success_rate,
         engagement_score, initial_emotion, final_emotion, parent_rating, device_type,
         environment_type, support_person_present, session_data_quality, lost_events,
         ARRAY(SELECT jsonb_array_elements_text(achievements_unlocked)) AS achievements_unlocked,
         ARRAY(SELECT jsonb_array_elements_text(progress_markers_hit))  AS progress_markers_hit
  FROM game_sessions g
  WHERE g.child_id = c.child_id
    AND (g.started_at, g.id) < (:before_start::timestamptz, :before_id::uuid)
  ORDER BY g.started_at DESC, g.id DESC
  LIMIT :most
) s ON true
ORDER BY s.started_at DESC, s.id DESC
