-- Computes sessions from their stored events, all of them in one statement.
-- The order in which events arrived plays no part, only their sequence does; what a session that has
-- not ended shows depends on its start alone, so it does not matter either how events were batched.
WITH event AS MATERIALIZED (
  SELECT session_id, seq, child_id, type, occurred_at, payload
  FROM session_events
  WHERE session_id = ANY (:session_ids::uuid[])
),
started AS (
  SELECT DISTINCT ON (session_id) session_id, child_id, occurred_at AS started_at, payload
  FROM event
  WHERE type = 'session.started'
  ORDER BY session_id, seq
),
-- The first end counts: a terminal status never goes back, nor over into another one.
-- A device's clock may have been set back in between; a session cannot end before it starts.
ended AS (
  SELECT DISTINCT ON (e.session_id)
    e.session_id, greatest(e.occurred_at, s.started_at) AS ended_at, e.payload
  FROM event e
  JOIN started s ON s.session_id = e.session_id AND s.child_id = e.child_id
  WHERE e.type = 'session.ended'
  ORDER BY e.session_id, e.seq
),
own AS (
  SELECT e.*, s.started_at, z.ended_at
  FROM event e
  JOIN started s ON s.session_id = e.session_id AND s.child_id = e.child_id
  JOIN ended z ON z.session_id = e.session_id
),
tally AS (
  SELECT
    session_id,
    max(seq) - count(*)                                                                 AS lost_events,
    count(*) FILTER (WHERE type = 'interaction.recorded')                               AS interactions,
    count(*) FILTER (WHERE type = 'interaction.recorded' AND payload ->> 'outcome' = 'correct')   AS correct,
    count(*) FILTER (WHERE type = 'interaction.recorded' AND payload ->> 'outcome' = 'incorrect') AS incorrect,
    count(*) FILTER (WHERE type = 'interaction.recorded' AND (payload -> 'hintUsed')::boolean)    AS hints,
    percentile_disc(0.5) WITHIN GROUP (ORDER BY (payload -> 'responseTimeMs')::int)
             FILTER (WHERE type = 'interaction.recorded')                               AS response_time_p50_ms,
    percentile_disc(0.9) WITHIN GROUP (ORDER BY (payload -> 'responseTimeMs')::int)
             FILTER (WHERE type = 'interaction.recorded')                               AS response_time_p90_ms,
    count(*) FILTER (WHERE type = 'help.requested')                                     AS helps,
    count(*) FILTER (WHERE type = 'level.completed')                                    AS levels,
    max((payload -> 'level')::int) FILTER (WHERE type = 'level.completed')              AS max_level,
    sum((payload -> 'score')::int) FILTER (WHERE type = 'level.completed')              AS level_score,
    jsonb_agg(DISTINCT payload -> 'id') FILTER (WHERE type = 'achievement.unlocked')    AS achievements,
    jsonb_agg(DISTINCT payload -> 'id') FILTER (WHERE type = 'progress.marked')         AS markers
  FROM own
  GROUP BY session_id
),
rating AS (
  SELECT DISTINCT ON (session_id) session_id, payload
  FROM own
  WHERE type = 'parent.rated'
  ORDER BY session_id, seq DESC
),
-- A pause begins with the first of successive session.paused and ends with the next session.resumed,
-- or with the session. Only what lies within the session counts.
switch AS (
  SELECT session_id, seq, type, occurred_at, started_at, ended_at,
         lag(type) OVER (PARTITION BY session_id ORDER BY seq) AS type_before
  FROM own
  WHERE type IN ('session.paused', 'session.resumed')
),
pause AS (
  SELECT session_id, type,
         greatest(occurred_at, started_at) AS paused_at,
         least(coalesce(lead(occurred_at) OVER (PARTITION BY session_id ORDER BY seq), ended_at), ended_at) AS resumed_at
  FROM switch
  WHERE type IS DISTINCT FROM type_before AND (type = 'session.paused' OR type_before IS NOT NULL)
),
paused AS (
  SELECT session_id, count(*) AS pauses,
         floor(sum(greatest(extract(epoch FROM resumed_at - paused_at), 0))) AS seconds
  FROM pause
  WHERE type = 'session.paused'
  GROUP BY session_id
),
timed AS (
  SELECT
    s.session_id, s.child_id, s.started_at, s.payload AS start_payload,
    z.ended_at, z.payload AS end_payload,
    (s.started_at AT TIME ZONE c.timezone)::date AS day,
    coalesce(z.payload ->> 'status', 'in_progress') AS status,
    floor(extract(epoch FROM z.ended_at - s.started_at))::int AS duration_seconds,
    coalesce(p.pauses, 0) AS pauses,
    least(coalesce(p.seconds, 0), floor(extract(epoch FROM z.ended_at - s.started_at)))::int AS paused_seconds
  FROM started s
  JOIN children c ON c.id = s.child_id
  LEFT JOIN ended z ON z.session_id = s.session_id
  LEFT JOIN paused p ON p.session_id = s.session_id
)
INSERT INTO game_sessions AS g (
  id, child_id, session_type, scenario_name, scenario_id, scenario_version,
  started_at, ended_at, day, duration_seconds, pause_count, total_pause_duration, active_seconds,
  levels_completed, max_level_reached, score, interactions_count, correct_responses,
  incorrect_responses, help_requests, hint_usage_count, success_rate, engagement_score,
  response_time_p50_ms, response_time_p90_ms, initial_emotion, final_emotion,
  completion_status, exit_reason, achievements_unlocked, progress_markers_hit,
  parent_notes, parent_rating, parent_observed_behavior,
  device_type, device_model, app_version, environment_type, support_person_present,
  session_data_quality, lost_events)
SELECT
  x.session_id,
  x.child_id,
  x.start_payload ->> 'sessionType',
  x.start_payload ->> 'scenarioName',
  x.start_payload ->> 'scenarioId',
  x.start_payload ->> 'scenarioVersion',
  x.started_at,
  x.ended_at,
  x.day,
  x.duration_seconds,
  x.pauses,
  coalesce(x.paused_seconds, 0),
  x.duration_seconds - x.paused_seconds,
  coalesce(t.levels, 0),
  coalesce(t.max_level, 0),
  coalesce((x.end_payload -> 'score')::int, t.level_score),
  coalesce(t.interactions, 0),
  coalesce(t.correct, 0),
  coalesce(t.incorrect, 0),
  coalesce(t.helps, 0),
  coalesce(t.hints, 0),
  round(100.0 * t.correct / nullif(t.correct + t.incorrect, 0), 2),
  CASE
    WHEN x.ended_at IS NULL THEN NULL
    WHEN x.duration_seconds = x.paused_seconds THEN 0
    ELSE round(
      least(t.interactions * 60.0 / (x.duration_seconds - x.paused_seconds) / 5, 1) * 50
      + CASE WHEN x.status = 'completed' THEN 30 ELSE 0 END
      + least(5 * coalesce(jsonb_array_length(t.achievements), 0), 20), 2)
  END,
  t.response_time_p50_ms,
  t.response_time_p90_ms,
  x.start_payload ->> 'initialEmotion',
  x.end_payload ->> 'finalEmotion',
  x.status,
  x.end_payload ->> 'exitReason',
  coalesce(t.achievements, '[]'),
  coalesce(t.markers, '[]'),
  r.payload ->> 'notes',
  (r.payload -> 'rating')::int,
  r.payload -> 'observedBehavior',
  x.start_payload ->> 'deviceType',
  x.start_payload ->> 'deviceModel',
  x.start_payload ->> 'appVersion',
  x.start_payload ->> 'environmentType',
  coalesce((x.start_payload -> 'supportPersonPresent')::boolean, false),
  CASE WHEN x.ended_at IS NULL THEN 'minimal' WHEN t.lost_events > 0 THEN 'partial' ELSE 'complete' END,
  coalesce(t.lost_events, 0)
FROM timed x
LEFT JOIN tally t ON t.session_id = x.session_id
LEFT JOIN rating r ON r.session_id = x.session_id
ORDER BY x.session_id
ON CONFLICT (id) DO UPDATE SET
  session_type = excluded.session_type,
  scenario_name = excluded.scenario_name,
  scenario_id = excluded.scenario_id,
  scenario_version = excluded.scenario_version,
  started_at = excluded.started_at,
  ended_at = excluded.ended_at,
  day = excluded.day,
  duration_seconds = excluded.duration_seconds,
  pause_count = excluded.pause_count,
  total_pause_duration = excluded.total_pause_duration,
  active_seconds = excluded.active_seconds,
  levels_completed = excluded.levels_completed,
  max_level_reached = excluded.max_level_reached,
  score = excluded.score,
  interactions_count = excluded.interactions_count,
  correct_responses = excluded.correct_responses,
  incorrect_responses = excluded.incorrect_responses,
  help_requests = excluded.help_requests,
  hint_usage_count = excluded.hint_usage_count,
  success_rate = excluded.success_rate,
  engagement_score = excluded.engagement_score,
  response_time_p50_ms = excluded.response_time_p50_ms,
  response_time_p90_ms = excluded.response_time_p90_ms,
  initial_emotion = excluded.initial_emotion,
  final_emotion = excluded.final_emotion,
  completion_status = excluded.completion_status,
  exit_reason = excluded.exit_reason,
  achievements_unlocked = excluded.achievements_unlocked,
  progress_markers_hit = excluded.progress_markers_hit,
  parent_notes = excluded.parent_notes,
  parent_rating = excluded.parent_rating,
  parent_observed_behavior = excluded.parent_observed_behavior,
  device_type = excluded.device_type,
  device_model = excluded.device_model,
  app_version = excluded.app_version,
  environment_type = excluded.environment_type,
  support_person_present = excluded.support_person_present,
  session_data_quality = excluded.session_data_quality,
  lost_events = excluded.lost_events,
  updated_at = now()
WHERE g.child_id = excluded.child_id
RETURNING g.child_id, old.day AS day_before, new.day AS day_after
