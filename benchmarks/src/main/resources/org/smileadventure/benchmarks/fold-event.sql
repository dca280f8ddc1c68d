-- One event into the row of its session. Medians of response times cannot be kept this way, nor the
-- rules of an end that comes late; the column paused_at is one that only this way needs.
UPDATE game_sessions g SET
  interactions_count = g.interactions_count + (e.type = 'interaction.recorded')::int,
  correct_responses = g.correct_responses + (e.payload ->> 'outcome' IS NOT DISTINCT FROM 'correct')::int,
  incorrect_responses = g.incorrect_responses + (e.payload ->> 'outcome' IS NOT DISTINCT FROM 'incorrect')::int,
  success_rate = round(
    100.0 * (g.correct_responses + (e.payload ->> 'outcome' IS NOT DISTINCT FROM 'correct')::int)
    / nullif(g.correct_responses + g.incorrect_responses
             + coalesce(e.payload ->> 'outcome' IN ('correct', 'incorrect'), false)::int, 0), 2),
  hint_usage_count = g.hint_usage_count + coalesce((e.payload -> 'hintUsed')::boolean, false)::int,
  help_requests = g.help_requests + (e.type = 'help.requested')::int,
  levels_completed = g.levels_completed + (e.type = 'level.completed')::int,
  max_level_reached = greatest(g.max_level_reached, (e.payload -> 'level')::int),
  score = CASE e.type
    WHEN 'level.completed' THEN coalesce(g.score, 0) + (e.payload -> 'score')::int
    WHEN 'session.ended' THEN coalesce((e.payload -> 'score')::int, g.score)
    ELSE g.score
  END,
  achievements_unlocked = CASE e.type
    WHEN 'achievement.unlocked' THEN g.achievements_unlocked || (e.payload -> 'id') ELSE g.achievements_unlocked
  END,
  progress_markers_hit = CASE e.type
    WHEN 'progress.marked' THEN g.progress_markers_hit || (e.payload -> 'id') ELSE g.progress_markers_hit
  END,
  final_emotion = CASE e.type
    WHEN 'emotion.observed' THEN e.payload ->> 'state'
    WHEN 'session.ended' THEN coalesce(e.payload ->> 'finalEmotion', g.final_emotion)
    ELSE g.final_emotion
  END,
  pause_count = g.pause_count + (e.type = 'session.paused')::int,
  paused_at = CASE e.type
    WHEN 'session.paused' THEN e.occurred_at
    WHEN 'session.resumed' THEN NULL
    ELSE g.paused_at
  END,
  total_pause_duration = g.total_pause_duration + CASE
    WHEN e.type IN ('session.resumed', 'session.ended') AND g.paused_at IS NOT NULL
    THEN floor(extract(epoch FROM e.occurred_at - g.paused_at))::int ELSE 0
  END,
  ended_at = CASE e.type WHEN 'session.ended' THEN e.occurred_at ELSE g.ended_at END,
  duration_seconds = CASE e.type
    WHEN 'session.ended' THEN floor(extract(epoch FROM e.occurred_at - g.started_at))::int ELSE g.duration_seconds
  END,
  active_seconds = CASE e.type
    WHEN 'session.ended' THEN floor(extract(epoch FROM e.occurred_at - g.started_at))::int - g.total_pause_duration
    ELSE g.active_seconds
  END,
  completion_status = CASE e.type WHEN 'session.ended' THEN e.payload ->> 'status' ELSE g.completion_status END,
  exit_reason = CASE e.type WHEN 'session.ended' THEN e.payload ->> 'exitReason' ELSE g.exit_reason END,
  engagement_score = round(least(
    (g.interactions_count + 1) * 60.0
    / greatest(extract(epoch FROM e.occurred_at - g.started_at) - g.total_pause_duration, 1) / 5, 1) * 50
    + CASE WHEN e.payload ->> 'status' = 'completed' THEN 30 ELSE 0 END
    + least(5 * jsonb_array_length(g.achievements_unlocked), 20), 2),
  parent_rating = coalesce((e.payload -> 'rating')::int, g.parent_rating),
  parent_notes = coalesce(e.payload ->> 'notes', g.parent_notes),
  session_data_quality = CASE e.type WHEN 'session.ended' THEN 'complete' ELSE g.session_data_quality END,
  updated_at = now()
FROM (SELECT ?::uuid AS id, ?::text AS type, ?::timestamptz AS occurred_at, ?::jsonb AS payload) e
WHERE g.id = e.id
