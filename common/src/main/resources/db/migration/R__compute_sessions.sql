-- Computes sessions from their stored events, and from what a parent said of them since, all of them
-- in one statement, and returns which days of which children that touches. A session whose events are
-- forgotten stays as it is. The order in which events arrived plays no part, only their sequence does;
-- what a session that has not ended shows depends on its start alone, so it does not matter either how
-- events were batched.
-- for_silence: those of them that have no end are closed now, as abandoned at their last event.
--
-- This is how it is done now; how it was done before stands in V5 and V7.
CREATE OR REPLACE FUNCTION compute_sessions(sessions uuid[], for_silence boolean DEFAULT false)
  RETURNS TABLE (child_id bigint, day_before date, day_after date)
  LANGUAGE sql
  -- To plan this takes longer than to compute a few sessions. So the plan is kept; and as one that is
  -- made for any number of sessions is made for few, it is not to join many of them in loops.
  SET plan_cache_mode = force_generic_plan
  SET enable_nestloop = off
  -- Many sessions at once look to the planner as if reading all events were cheaper. It would be, by
  -- a little and for a while; but it grows with the history.
  SET enable_seqscan = off
AS $$
WITH event AS MATERIALIZED (
  SELECT e.session_id, e.seq, e.child_id, e.type, e.occurred_at, e.received_at, e.payload,
         e.type = 'interaction.recorded' AS interaction,
         CASE WHEN e.type = 'interaction.recorded' THEN e.payload ->> 'outcome' END AS outcome
  FROM session_events e
  WHERE e.session_id = ANY (sessions)
    AND e.session_id >= (SELECT f.least_session_id FROM forgotten_events f)
    -- This lets a kept plan leave out the months before the first of the sessions and after the last.
    AND e.session_id BETWEEN (SELECT s FROM unnest(sessions) s ORDER BY s LIMIT 1)
                         AND (SELECT s FROM unnest(sessions) s ORDER BY s DESC LIMIT 1)
  ORDER BY e.session_id, e.child_id
),
started AS (
  SELECT DISTINCT ON (session_id) session_id, child_id, occurred_at AS started_at, payload
  FROM event
  WHERE type = 'session.started'
  ORDER BY session_id, seq
),
-- The first end counts: a terminal status never goes back, nor over into another one.
-- A device's clock may have been set back in between; a session cannot end before it starts.
told_end AS (
  SELECT DISTINCT ON (e.session_id)
    e.session_id, e.child_id, s.started_at, greatest(e.occurred_at, s.started_at) AS ended_at, e.payload,
    false AS by_silence
  FROM event e
  JOIN started s ON s.session_id = e.session_id AND s.child_id = e.child_id
  WHERE e.type = 'session.ended'
  ORDER BY e.session_id, e.seq
),
-- What a parent says comes when the play is over, and does not prolong it.
silent_end AS (
  SELECT s.session_id, s.child_id, s.started_at,
         greatest(max(e.occurred_at), s.started_at) AS ended_at,
         jsonb '{"status": "abandoned"}' AS payload, true AS by_silence
  FROM started s
  JOIN event e ON e.session_id = s.session_id AND e.child_id = s.child_id AND e.type <> 'parent.rated'
  WHERE s.session_id NOT IN (SELECT t.session_id FROM told_end t)
    AND (for_silence OR (SELECT g.closed_by_silence FROM game_sessions g WHERE g.id = s.session_id))
  GROUP BY s.session_id, s.child_id, s.started_at
),
ended AS MATERIALIZED (
  SELECT * FROM told_end
  UNION ALL
  SELECT * FROM silent_end
),
tally AS (
  SELECT
    session_id, child_id,
    max(seq) - count(*)                                                                 AS lost_events,
    count(*) FILTER (WHERE interaction)                                                 AS interactions,
    count(*) FILTER (WHERE outcome = 'correct')                                         AS correct,
    count(*) FILTER (WHERE outcome = 'incorrect')                                       AS incorrect,
    count(*) FILTER (WHERE interaction AND (payload -> 'hintUsed')::boolean)            AS hints,
    percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY (payload -> 'responseTimeMs')::int)
             FILTER (WHERE interaction)                                                 AS response_times_ms,
    count(*) FILTER (WHERE type = 'help.requested')                                     AS helps,
    count(*) FILTER (WHERE type = 'level.completed')                                    AS levels,
    max((payload -> 'level')::int) FILTER (WHERE type = 'level.completed')              AS max_level,
    -- Cut where the column ends, lest one session that nobody can have played be refused for ever.
    CASE WHEN count(payload -> 'score') FILTER (WHERE type = 'level.completed') > 0
         THEN least(sum((payload -> 'score')::int) FILTER (WHERE type = 'level.completed'), 2147483647) END AS level_score,
    jsonb_agg(DISTINCT payload -> 'id') FILTER (WHERE type = 'achievement.unlocked')    AS achievements,
    jsonb_agg(DISTINCT payload -> 'id') FILTER (WHERE type = 'progress.marked')         AS markers
  FROM event
  GROUP BY session_id, child_id
),
-- What is told in more than one event, of the child whose session it is.
told AS MATERIALIZED (
  SELECT e.session_id, e.seq, e.type, e.occurred_at, e.received_at, e.payload, z.started_at, z.ended_at
  FROM event e
  JOIN ended z ON z.session_id = e.session_id AND z.child_id = e.child_id
  WHERE e.type IN ('emotion.observed', 'regulation.used', 'session.paused', 'session.resumed', 'parent.rated')
),
-- Of what the device told its last counts, however it came; against what was said in the
-- application, whichever reached us later.
rating AS (
  SELECT DISTINCT ON (session_id) session_id, payload
  FROM (
    (SELECT DISTINCT ON (session_id) session_id, payload, received_at AS rated_at
     FROM told
     WHERE type = 'parent.rated'
     ORDER BY session_id, seq DESC)
    UNION ALL
    SELECT r.session_id, r.payload, r.rated_at
    FROM ended z
    JOIN session_ratings r ON r.session_id = z.session_id
    WHERE r.session_id = ANY (sessions)
  ) rated
  ORDER BY session_id, rated_at DESC
),
-- A pause begins with the first of successive session.paused and ends with the next session.resumed,
-- or with the session. Only what lies within the session counts; what the devices' clocks claim is
-- kept beside it, as it tells whether they can be believed.
switch AS (
  SELECT session_id, seq, type, occurred_at, started_at, ended_at,
         lag(type) OVER (PARTITION BY session_id ORDER BY seq) AS type_before
  FROM told
  WHERE type IN ('session.paused', 'session.resumed')
),
pause AS (
  SELECT session_id, type, started_at, ended_at, occurred_at AS paused_at,
         coalesce(lead(occurred_at) OVER (PARTITION BY session_id ORDER BY seq),
                  greatest(ended_at, occurred_at)) AS resumed_at
  FROM switch
  WHERE type IS DISTINCT FROM type_before AND (type = 'session.paused' OR type_before IS NOT NULL)
),
paused AS (
  SELECT session_id, count(*) AS pauses,
         floor(sum(greatest(extract(epoch FROM least(resumed_at, ended_at) - greatest(paused_at, started_at)), 0))) AS seconds,
         floor(sum(greatest(extract(epoch FROM resumed_at - paused_at), 0))) AS claimed_seconds
  FROM pause
  WHERE type = 'session.paused'
  GROUP BY session_id
),
-- The child's emotion as steps: each holds until the next one, the last one to the end.
emotion AS (
  SELECT s.session_id, 0 AS place, s.started_at AS since, z.ended_at, s.payload ->> 'initialEmotion' AS state,
         false AS observed, NULL AS trigger
  FROM started s
  JOIN ended z ON z.session_id = s.session_id
  WHERE s.payload ? 'initialEmotion'
  UNION ALL
  SELECT session_id, seq, greatest(least(occurred_at, ended_at), started_at), ended_at, payload ->> 'state',
         true, payload ->> 'trigger'
  FROM told
  WHERE type = 'emotion.observed'
  UNION ALL
  SELECT session_id, 2147483647, ended_at, ended_at, payload ->> 'finalEmotion', false, NULL
  FROM ended
  WHERE payload ? 'finalEmotion'
),
step AS (
  SELECT session_id, place, since, state, observed, trigger, until, state_before,
         coalesce(observed AND state IN ('anxious', 'frustrated', 'overwhelmed')
                  AND state_before NOT IN ('anxious', 'frustrated', 'overwhelmed'), false) AS into_distress
  FROM (
    SELECT session_id, place, since, state, observed, trigger,
           coalesce(lead(since) OVER w, ended_at) AS until,
           lag(state) OVER w AS state_before
    FROM emotion
    WINDOW w AS (PARTITION BY session_id ORDER BY place)
  ) placed
),
mood AS (
  SELECT session_id,
         count(*) FILTER (WHERE state <> state_before) AS transitions,
         floor(coalesce(sum(greatest(extract(epoch FROM until - since), 0))
               FILTER (WHERE state IN ('anxious', 'frustrated', 'overwhelmed')), 0)) AS distress_seconds
  FROM step
  GROUP BY session_id
),
-- From entering distress to the next good state; being tired or confused is neither.
turn AS (
  SELECT session_id, place, since, distressed,
         lag(distressed) OVER (PARTITION BY session_id ORDER BY place) AS distressed_before
  FROM (
    SELECT session_id, place, since, state IN ('anxious', 'frustrated', 'overwhelmed') AS distressed
    FROM step
    WHERE state NOT IN ('tired', 'confused')
  ) telling
),
episode AS (
  SELECT session_id, distressed, since,
         lead(since) OVER (PARTITION BY session_id ORDER BY place) AS recovered_at
  FROM turn
  WHERE distressed IS DISTINCT FROM distressed_before
),
recovery AS (
  SELECT session_id, avg(greatest(extract(epoch FROM recovered_at - since), 0)) AS seconds
  FROM episode
  WHERE distressed AND recovered_at IS NOT NULL
  GROUP BY session_id
),
-- The course of emotions, counted: what the summaries need to know of it when the events are gone.
course AS (
  SELECT session_id,
         (array_agg(state ORDER BY place))[1] AS first,
         (array_agg(state ORDER BY place DESC))[1] AS last,
         nullif(count(*) FILTER (WHERE observed), 0) AS observations,
         nullif(count(*) FILTER (WHERE into_distress), 0) AS into_distress
  FROM step
  GROUP BY session_id
),
lasted AS (
  SELECT session_id, jsonb_object_agg(state, seconds) AS seconds
  FROM (
    SELECT session_id, state, sum(greatest(extract(epoch FROM until - since), 0)) AS seconds
    FROM step
    GROUP BY session_id, state
  ) by_state
  GROUP BY session_id
),
changed AS (
  SELECT session_id, jsonb_object_agg(change, n) AS transitions
  FROM (
    SELECT session_id, state_before || '>' || state AS change, count(*) AS n
    FROM step
    WHERE state <> state_before
    GROUP BY session_id, state_before, state
  ) by_change
  GROUP BY session_id
),
triggered AS (
  SELECT session_id, jsonb_object_agg(trigger, jsonb_build_array(n, into_distress)) AS triggers
  FROM (
    SELECT session_id, trigger, count(*) AS n, count(*) FILTER (WHERE into_distress) AS into_distress
    FROM step
    WHERE trigger IS NOT NULL
    GROUP BY session_id, trigger
  ) by_trigger
  GROUP BY session_id
),
regulated AS (
  SELECT session_id, jsonb_object_agg(strategy, jsonb_build_array(uses, effectiveness, child_initiated)) AS strategies
  FROM (
    SELECT session_id, payload ->> 'strategy' AS strategy, count(*) AS uses,
           sum((payload -> 'effectiveness')::int) AS effectiveness,
           count(*) FILTER (WHERE (payload -> 'childInitiated')::boolean) AS child_initiated
    FROM told
    WHERE type = 'regulation.used'
    GROUP BY session_id, payload ->> 'strategy'
  ) by_strategy
  GROUP BY session_id
),
timed AS (
  SELECT
    s.session_id, s.child_id, s.started_at, s.payload AS start_payload,
    z.ended_at, z.payload AS end_payload, coalesce(z.by_silence, false) AS by_silence,
    (s.started_at AT TIME ZONE (SELECT c.timezone FROM children c WHERE c.id = s.child_id))::date AS day,
    coalesce(z.payload ->> 'status', 'in_progress') AS status,
    floor(extract(epoch FROM z.ended_at - s.started_at))::int AS duration_seconds,
    coalesce(p.pauses, 0) AS pauses,
    least(coalesce(p.seconds, 0), floor(extract(epoch FROM z.ended_at - s.started_at)))::int AS paused_seconds,
    coalesce(p.claimed_seconds > floor(extract(epoch FROM z.ended_at - s.started_at)), false) AS pauses_exceed,
    coalesce(t.lost_events, 0) AS lost_events,
    coalesce(t.interactions, 0) AS interactions,
    coalesce(t.correct, 0) AS correct,
    coalesce(t.incorrect, 0) AS incorrect,
    coalesce(t.hints, 0) AS hints,
    coalesce(t.helps, 0) AS helps,
    coalesce(t.levels, 0) AS levels,
    coalesce(t.max_level, 0) AS max_level,
    coalesce(t.achievements, '[]') AS achievements,
    coalesce(t.markers, '[]') AS markers,
    coalesce((z.payload -> 'score')::int, t.level_score) AS score,
    t.response_times_ms,
    r.payload AS rating_payload,
    m.transitions, m.distress_seconds, y.seconds AS recovery_seconds,
    CASE WHEN z.session_id IS NOT NULL THEN jsonb_strip_nulls(jsonb_build_object(
      'seconds', l.seconds, 'first', o.first, 'last', o.last, 'transitions', h.transitions,
      'observations', o.observations, 'into_distress', o.into_distress,
      'triggers', i.triggers, 'strategies', a.strategies)) END AS emotions
  FROM started s
  LEFT JOIN ended z ON z.session_id = s.session_id
  LEFT JOIN paused p ON p.session_id = s.session_id
  LEFT JOIN tally t ON t.session_id = z.session_id AND t.child_id = z.child_id
  LEFT JOIN rating r ON r.session_id = s.session_id
  LEFT JOIN mood m ON m.session_id = s.session_id
  LEFT JOIN recovery y ON y.session_id = s.session_id
  LEFT JOIN course o ON o.session_id = s.session_id
  LEFT JOIN lasted l ON l.session_id = s.session_id
  LEFT JOIN changed h ON h.session_id = s.session_id
  LEFT JOIN triggered i ON i.session_id = s.session_id
  LEFT JOIN regulated a ON a.session_id = s.session_id
)
INSERT INTO game_sessions AS g (
  id, child_id, session_type, scenario_name, scenario_id, scenario_version,
  started_at, ended_at, day, duration_seconds, pause_count, total_pause_duration, active_seconds,
  levels_completed, max_level_reached, score, interactions_count, correct_responses,
  incorrect_responses, help_requests, hint_usage_count, success_rate, help_rate, hint_rate,
  engagement_score, response_time_p50_ms, response_time_p90_ms, initial_emotion, final_emotion,
  distress_seconds, recovery_seconds, emotional_volatility, emotions,
  completion_status, exit_reason, closed_by_silence, next_session_readiness,
  achievements_unlocked, progress_markers_hit,
  parent_notes, parent_rating, parent_observed_behavior,
  device_type, device_model, app_version, environment_type, support_person_present,
  session_data_quality, lost_events, data_quality_notes)
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
  x.levels,
  x.max_level,
  CASE WHEN x.interactions > 0 OR x.score = 0 THEN x.score END,
  x.interactions,
  x.correct,
  x.incorrect,
  x.helps,
  x.hints,
  round(100.0 * x.correct / nullif(x.correct + x.incorrect, 0), 2),
  CASE WHEN x.helps <= x.interactions THEN round(x.helps::numeric / nullif(x.interactions, 0), 4) END,
  round(x.hints::numeric / nullif(x.interactions, 0), 4),
  CASE
    WHEN x.ended_at IS NULL OR x.pauses_exceed THEN NULL
    WHEN x.duration_seconds = x.paused_seconds THEN 0
    ELSE round(
      least(x.interactions * 60.0 / (x.duration_seconds - x.paused_seconds) / 5, 1) * 50
      + CASE WHEN x.status = 'completed' THEN 30 ELSE 0 END
      + least(5 * jsonb_array_length(x.achievements), 20), 2)
  END,
  x.response_times_ms[1],
  x.response_times_ms[2],
  x.start_payload ->> 'initialEmotion',
  x.end_payload ->> 'finalEmotion',
  x.distress_seconds,
  round(x.recovery_seconds, 3),
  CASE WHEN NOT x.pauses_exceed
       THEN round(x.transitions * 60.0 / nullif(x.duration_seconds - x.paused_seconds, 0), 4) END,
  x.emotions,
  x.status,
  x.end_payload ->> 'exitReason',
  x.by_silence,
  CASE
    WHEN x.ended_at IS NULL THEN NULL
    WHEN x.end_payload ->> 'exitReason' = 'overwhelmed' THEN 'needs_break'
    WHEN x.status = 'completed' AND (x.rating_payload -> 'rating')::int >= 4 THEN 'ready_for_progression'
    WHEN x.helps > 5 THEN 'needs_support_adjustment'
    ELSE 'ready_for_similar'
  END,
  x.achievements,
  x.markers,
  x.rating_payload ->> 'notes',
  (x.rating_payload -> 'rating')::int,
  x.rating_payload -> 'observedBehavior',
  x.start_payload ->> 'deviceType',
  x.start_payload ->> 'deviceModel',
  x.start_payload ->> 'appVersion',
  x.start_payload ->> 'environmentType',
  coalesce((x.start_payload -> 'supportPersonPresent')::boolean, false),
  CASE
    WHEN x.ended_at IS NULL OR x.by_silence THEN 'minimal'
    WHEN x.lost_events > 0 THEN 'partial'
    ELSE 'complete'
  END,
  x.lost_events,
  -- Of the rules between fields, that responses are interactions and that pauses fit into the
  -- session hold by the way they are counted here; the second is still told, as it shows a clock
  -- that cannot be believed.
  CASE WHEN x.ended_at IS NULL THEN jsonb '[]' ELSE
       CASE WHEN x.helps > x.interactions
            THEN jsonb '[{"rule": "help_requests_exceed_interactions", "severity": "error"}]' ELSE jsonb '[]' END
    || CASE WHEN x.score > 0 AND x.interactions = 0
            THEN jsonb '[{"rule": "score_without_interactions", "severity": "error"}]' ELSE jsonb '[]' END
    || CASE WHEN x.pauses_exceed
            THEN jsonb '[{"rule": "pauses_exceed_duration", "severity": "error"}]' ELSE jsonb '[]' END
    || CASE WHEN x.levels = 0 AND x.duration_seconds > 300
            THEN jsonb '[{"rule": "no_level_completed", "severity": "warning"}]' ELSE jsonb '[]' END
    || CASE WHEN x.hints > 2 * x.helps
            THEN jsonb '[{"rule": "hints_exceed_help", "severity": "warning"}]' ELSE jsonb '[]' END
  END
FROM timed x
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
  help_rate = excluded.help_rate,
  hint_rate = excluded.hint_rate,
  engagement_score = excluded.engagement_score,
  response_time_p50_ms = excluded.response_time_p50_ms,
  response_time_p90_ms = excluded.response_time_p90_ms,
  initial_emotion = excluded.initial_emotion,
  final_emotion = excluded.final_emotion,
  distress_seconds = excluded.distress_seconds,
  recovery_seconds = excluded.recovery_seconds,
  emotional_volatility = excluded.emotional_volatility,
  emotions = excluded.emotions,
  completion_status = excluded.completion_status,
  exit_reason = excluded.exit_reason,
  closed_by_silence = excluded.closed_by_silence,
  next_session_readiness = excluded.next_session_readiness,
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
  data_quality_notes = excluded.data_quality_notes,
  updated_at = now()
WHERE g.child_id = excluded.child_id
RETURNING g.child_id, old.day, new.day;
$$;
