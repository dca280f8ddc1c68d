-- The summaries of a child's days: each figure that adds up is defined by a view over the sessions and
-- activities of a day, and kept as a table that is its view. What the words mean: docs/metrics.md.

ALTER TABLE game_sessions
  ADD COLUMN emotions jsonb CHECK (jsonb_typeof(emotions) = 'object');

-- An activity's day is the child's, as a session's is.
ALTER TABLE activities ADD COLUMN day date;
UPDATE activities a SET day = (a.completed_at AT TIME ZONE c.timezone)::date FROM children c WHERE c.id = a.child_id;
ALTER TABLE activities ALTER COLUMN day SET NOT NULL;
CREATE INDEX idx_activities_child_day ON activities (child_id, day);

-- Computes sessions from their stored events, all of them in one statement, and returns which days
-- of which children that touches. A session whose events are forgotten stays as it is.
-- The order in which events arrived plays no part, only their sequence does; what a session that has
-- not ended shows depends on its start alone, so it does not matter either how events were batched.
-- for_silence: those of them that have no end are closed now, as abandoned at their last event.
CREATE OR REPLACE FUNCTION compute_sessions(sessions uuid[], for_silence boolean DEFAULT false)
  RETURNS TABLE (child_id bigint, day_before date, day_after date)
  LANGUAGE sql
  -- A plan for any number of sessions would be one for few, and join many of them in loops.
  SET plan_cache_mode = force_custom_plan
  -- Many sessions at once look to the planner as if reading all events were cheaper. It would be, by
  -- a little and for a while; but it grows with the history.
  SET enable_seqscan = off
AS $$
WITH event AS MATERIALIZED (
  SELECT e.session_id, e.seq, e.child_id, e.type, e.occurred_at, e.payload
  FROM session_events e
  WHERE e.session_id = ANY (sessions)
    AND e.session_id >= (SELECT f.least_session_id FROM forgotten_events f)
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
    count(*) FILTER (WHERE type = 'interaction.recorded')                               AS interactions,
    count(*) FILTER (WHERE type = 'interaction.recorded' AND payload ->> 'outcome' = 'correct')   AS correct,
    count(*) FILTER (WHERE type = 'interaction.recorded' AND payload ->> 'outcome' = 'incorrect') AS incorrect,
    count(*) FILTER (WHERE type = 'interaction.recorded' AND (payload -> 'hintUsed')::boolean)    AS hints,
    percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY (payload -> 'responseTimeMs')::int)
             FILTER (WHERE type = 'interaction.recorded')                               AS response_times_ms,
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
  SELECT e.session_id, e.seq, e.type, e.occurred_at, e.payload, z.started_at, z.ended_at
  FROM event e
  JOIN ended z ON z.session_id = e.session_id AND z.child_id = e.child_id
  WHERE e.type IN ('emotion.observed', 'regulation.used', 'session.paused', 'session.resumed', 'parent.rated')
),
rating AS (
  SELECT DISTINCT ON (session_id) session_id, payload
  FROM told
  WHERE type = 'parent.rated'
  ORDER BY session_id, seq DESC
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

-- Tasks of daily life, each a row of its own, and their days marked for the summaries: of the stored
-- events of these sessions. Returns how many child-days were touched.
CREATE FUNCTION record_activities(sessions uuid[]) RETURNS bigint
  LANGUAGE sql AS $$
WITH told AS (
  SELECT e.session_id, e.seq, e.child_id, e.payload, c.timezone,
         coalesce((e.payload ->> 'completedAt')::timestamptz, e.occurred_at) AS completed_at
  FROM session_events e
  JOIN children c ON c.id = e.child_id
  WHERE e.session_id = ANY (sessions) AND e.type = 'activity.recorded'
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
),
marked AS (
  INSERT INTO dirty_child_days (child_id, day)
  SELECT DISTINCT child_id, day FROM recorded ORDER BY child_id, day
  ON CONFLICT (child_id, day) DO UPDATE SET version = excluded.version, marked_at = excluded.marked_at
  RETURNING 1
)
SELECT count(*) FROM marked;
$$;

-- A child's day, and the hour of it, are those where the child lives: when that changes, all its days do.
CREATE OR REPLACE FUNCTION move_days_with_time_zone() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  WITH played AS (
    UPDATE game_sessions
    SET day = (started_at AT TIME ZONE new.timezone)::date
    WHERE child_id = new.id
    RETURNING WITH (OLD AS before, NEW AS after) before.day AS day_before, after.day AS day_after
  ), done AS (
    UPDATE activities
    SET day = (completed_at AT TIME ZONE new.timezone)::date
    WHERE child_id = new.id
    RETURNING WITH (OLD AS before, NEW AS after) before.day AS day_before, after.day AS day_after
  ), touched AS (
    SELECT day_before AS day FROM played UNION SELECT day_after FROM played
    UNION
    SELECT day_before FROM done UNION SELECT day_after FROM done
  )
  INSERT INTO dirty_child_days (child_id, day)
  SELECT new.id, day FROM touched ORDER BY day
  ON CONFLICT (child_id, day) DO UPDATE SET version = excluded.version, marked_at = excluded.marked_at;
  RETURN NULL;
END $$;

DROP VIEW v_child_daily_current;
DROP VIEW v_child_daily;
DROP TABLE child_daily_summary;

-- The day as a whole. Of each value: how many sessions have it, sum, sum of squares, least, greatest, so
-- that any window is merged exactly from its days. They are exact: sums of decimals and integers do
-- not depend on their order. But for the counts by status and overwhelmed_exits, of completed sessions.
CREATE VIEW v_child_daily AS
SELECT
  child_id,
  day,
  count(*)                                                                       AS sessions,
  count(*) FILTER (WHERE completion_status = 'completed')                        AS completed,
  count(*) FILTER (WHERE completion_status = 'abandoned')                        AS abandoned,
  count(*) FILTER (WHERE completion_status = 'interrupted')                      AS interrupted,
  count(*) FILTER (WHERE completion_status = 'in_progress')                      AS in_progress,
  count(*) FILTER (WHERE exit_reason = 'overwhelmed')                            AS overwhelmed_exits,
  coalesce(sum(interactions_count) FILTER (WHERE completion_status = 'completed'), 0) AS interactions,
  coalesce(sum(levels_completed)   FILTER (WHERE completion_status = 'completed'), 0) AS levels,
  coalesce(sum(jsonb_array_length(achievements_unlocked))
                                   FILTER (WHERE completion_status = 'completed'), 0) AS achievements,
  count(score)                     FILTER (WHERE completion_status = 'completed') AS score_n,
  coalesce(sum(score)              FILTER (WHERE completion_status = 'completed'), 0) AS score_sum,
  coalesce(sum(score::bigint * score) FILTER (WHERE completion_status = 'completed'), 0) AS score_sum_sq,
  min(score)                       FILTER (WHERE completion_status = 'completed') AS score_min,
  max(score)                       FILTER (WHERE completion_status = 'completed') AS score_max,
  count(engagement_score)          FILTER (WHERE completion_status = 'completed') AS engagement_n,
  coalesce(sum(engagement_score)   FILTER (WHERE completion_status = 'completed'), 0) AS engagement_sum,
  coalesce(sum(engagement_score * engagement_score)
                                   FILTER (WHERE completion_status = 'completed'), 0) AS engagement_sum_sq,
  min(engagement_score)            FILTER (WHERE completion_status = 'completed') AS engagement_min,
  max(engagement_score)            FILTER (WHERE completion_status = 'completed') AS engagement_max,
  count(success_rate)              FILTER (WHERE completion_status = 'completed') AS success_n,
  coalesce(sum(success_rate)       FILTER (WHERE completion_status = 'completed'), 0) AS success_sum,
  coalesce(sum(success_rate * success_rate)
                                   FILTER (WHERE completion_status = 'completed'), 0) AS success_sum_sq,
  min(success_rate)                FILTER (WHERE completion_status = 'completed') AS success_min,
  max(success_rate)                FILTER (WHERE completion_status = 'completed') AS success_max,
  count(duration_seconds)          FILTER (WHERE completion_status = 'completed') AS duration_n,
  coalesce(sum(duration_seconds)   FILTER (WHERE completion_status = 'completed'), 0) AS duration_sum,
  coalesce(sum(duration_seconds::bigint * duration_seconds)
                                   FILTER (WHERE completion_status = 'completed'), 0) AS duration_sum_sq,
  min(duration_seconds)            FILTER (WHERE completion_status = 'completed') AS duration_min,
  max(duration_seconds)            FILTER (WHERE completion_status = 'completed') AS duration_max,
  count(recovery_seconds)          FILTER (WHERE completion_status = 'completed') AS recovery_n,
  coalesce(sum(recovery_seconds)   FILTER (WHERE completion_status = 'completed'), 0) AS recovery_sum,
  coalesce(sum(recovery_seconds * recovery_seconds)
                                   FILTER (WHERE completion_status = 'completed'), 0) AS recovery_sum_sq,
  min(recovery_seconds)            FILTER (WHERE completion_status = 'completed') AS recovery_min,
  max(recovery_seconds)            FILTER (WHERE completion_status = 'completed') AS recovery_max,
  count(active_seconds)            FILTER (WHERE completion_status = 'completed') AS active_n,
  coalesce(sum(active_seconds)     FILTER (WHERE completion_status = 'completed'), 0) AS active_sum,
  coalesce(sum(active_seconds::bigint * active_seconds)
                                   FILTER (WHERE completion_status = 'completed'), 0) AS active_sum_sq,
  count(distress_seconds)          FILTER (WHERE completion_status = 'completed') AS distress_n,
  coalesce(sum(distress_seconds)   FILTER (WHERE completion_status = 'completed'), 0) AS distress_sum,
  coalesce(sum(distress_seconds::bigint * distress_seconds)
                                   FILTER (WHERE completion_status = 'completed'), 0) AS distress_sum_sq,
  count(parent_rating)             FILTER (WHERE completion_status = 'completed') AS rating_n,
  coalesce(sum(parent_rating)      FILTER (WHERE completion_status = 'completed'), 0) AS rating_sum,
  coalesce(sum(parent_rating * parent_rating)
                                   FILTER (WHERE completion_status = 'completed'), 0) AS rating_sum_sq,
  -- How long attention held: at least 20 minutes, at least 10.
  count(*) FILTER (WHERE completion_status = 'completed' AND active_seconds >= 1200) AS attention_high,
  count(*) FILTER (WHERE completion_status = 'completed' AND active_seconds BETWEEN 600 AND 1199) AS attention_moderate,
  count(initial_emotion)           FILTER (WHERE completion_status = 'completed')
    + count(final_emotion)         FILTER (WHERE completion_status = 'completed') AS states_told,
  coalesce(sum((emotions -> 'observations')::int)
                                   FILTER (WHERE completion_status = 'completed'), 0) AS observations,
  coalesce(sum((emotions -> 'into_distress')::int)
                                   FILTER (WHERE completion_status = 'completed'), 0) AS into_distress,
  -- Of sessions with a support person; those without are the rest.
  count(engagement_score)          FILTER (WHERE completion_status = 'completed' AND support_person_present) AS supported_engagement_n,
  coalesce(sum(engagement_score)   FILTER (WHERE completion_status = 'completed' AND support_person_present), 0) AS supported_engagement_sum,
  coalesce(sum(engagement_score * engagement_score)
                                   FILTER (WHERE completion_status = 'completed' AND support_person_present), 0) AS supported_engagement_sum_sq,
  count(success_rate)              FILTER (WHERE completion_status = 'completed' AND support_person_present) AS supported_success_n,
  coalesce(sum(success_rate)       FILTER (WHERE completion_status = 'completed' AND support_person_present), 0) AS supported_success_sum,
  coalesce(sum(success_rate * success_rate)
                                   FILTER (WHERE completion_status = 'completed' AND support_person_present), 0) AS supported_success_sum_sq,
  -- Of sessions in which no regulation strategy was used.
  count(recovery_seconds)          FILTER (WHERE completion_status = 'completed' AND NOT emotions ? 'strategies') AS unaided_recovery_n,
  coalesce(sum(recovery_seconds)   FILTER (WHERE completion_status = 'completed' AND NOT emotions ? 'strategies'), 0) AS unaided_recovery_sum
FROM game_sessions
GROUP BY child_id, day;

CREATE VIEW v_child_type AS
SELECT
  child_id,
  day,
  session_type,
  count(*)                                                    AS sessions,
  count(*) FILTER (WHERE completion_status = 'completed')     AS completed,
  count(*) FILTER (WHERE completion_status = 'abandoned')     AS abandoned,
  count(*) FILTER (WHERE completion_status = 'interrupted')   AS interrupted,
  count(*) FILTER (WHERE completion_status = 'in_progress')   AS in_progress
FROM game_sessions
GROUP BY child_id, day, session_type;

-- The success rates of a scenario's attempts, in their order: what is learned depends on it.
CREATE VIEW v_child_scenario AS
SELECT
  child_id,
  day,
  coalesce(scenario_id, scenario_name) AS scenario,
  array_agg(success_rate ORDER BY started_at, id) AS success_rates
FROM game_sessions
WHERE completion_status = 'completed' AND success_rate IS NOT NULL
GROUP BY child_id, day, coalesce(scenario_id, scenario_name);

CREATE VIEW v_child_emotion AS
SELECT
  s.child_id,
  s.day,
  e.key AS state,
  sum(e.value::numeric)                                       AS seconds,
  count(*) FILTER (WHERE s.emotions ->> 'first' = e.key)      AS first_n,
  count(*) FILTER (WHERE s.emotions ->> 'last' = e.key)       AS last_n
FROM game_sessions s
CROSS JOIN LATERAL jsonb_each(s.emotions -> 'seconds') e
WHERE s.completion_status = 'completed'
GROUP BY s.child_id, s.day, e.key;

CREATE VIEW v_child_transition AS
SELECT
  s.child_id,
  s.day,
  split_part(e.key, '>', 1)  AS state_before,
  split_part(e.key, '>', 2)  AS state,
  sum(e.value::bigint)       AS n
FROM game_sessions s
CROSS JOIN LATERAL jsonb_each(s.emotions -> 'transitions') e
WHERE s.completion_status = 'completed'
GROUP BY s.child_id, s.day, e.key;

CREATE VIEW v_child_trigger AS
SELECT
  s.child_id,
  s.day,
  e.key                           AS trigger,
  sum((e.value -> 0)::bigint)     AS observations,
  sum((e.value -> 1)::bigint)     AS into_distress
FROM game_sessions s
CROSS JOIN LATERAL jsonb_each(s.emotions -> 'triggers') e
WHERE s.completion_status = 'completed'
GROUP BY s.child_id, s.day, e.key;

CREATE VIEW v_child_strategy AS
SELECT
  s.child_id,
  s.day,
  e.key                                   AS strategy,
  sum((e.value -> 0)::bigint)             AS uses,
  sum((e.value -> 1)::bigint)             AS effectiveness_sum,
  sum((e.value -> 2)::bigint)             AS child_initiated,
  count(s.recovery_seconds)               AS recovery_n,
  coalesce(sum(s.recovery_seconds), 0)    AS recovery_sum
FROM game_sessions s
CROSS JOIN LATERAL jsonb_each(s.emotions -> 'strategies') e
WHERE s.completion_status = 'completed'
GROUP BY s.child_id, s.day, e.key;

CREATE VIEW v_child_hour AS
SELECT
  s.child_id,
  s.day,
  extract(hour FROM s.started_at AT TIME ZONE c.timezone)::int  AS hour,
  count(*)                                                      AS engagement_n,
  sum(s.engagement_score)                                       AS engagement_sum
FROM game_sessions s
JOIN children c ON c.id = s.child_id
WHERE s.completion_status = 'completed' AND s.engagement_score IS NOT NULL
GROUP BY s.child_id, s.day, extract(hour FROM s.started_at AT TIME ZONE c.timezone)::int;

-- From overwhelmed to excited, as the game's first version ranked the states of activities.
-- Not declared strict, so that it can be inlined: a call for each row costs more than the summary.
CREATE FUNCTION emotion_rank(state emotional_state) RETURNS int
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT CASE state
    WHEN 'overwhelmed' THEN 1 WHEN 'frustrated' THEN 2 WHEN 'anxious' THEN 3 WHEN 'tired' THEN 4
    WHEN 'calm' THEN 5 WHEN 'confused' THEN 5 WHEN 'confident' THEN 5
    WHEN 'focused' THEN 6 WHEN 'happy' THEN 7 WHEN 'excited' THEN 8
  END
$$;

CREATE VIEW v_child_activity AS
SELECT
  child_id,
  day,
  activity_type,
  count(*)                                                           AS activities,
  sum(points_earned)                                                 AS points,
  count(*) FILTER (WHERE verified_by_parent OR verified_by_professional) AS verified,
  count(*) FILTER (WHERE emotional_state_before IS NOT NULL AND emotional_state_after IS NOT NULL) AS emotional_n,
  count(*) FILTER (WHERE emotion_rank(emotional_state_after) > emotion_rank(emotional_state_before)) AS improvements,
  count(*) FILTER (WHERE emotion_rank(emotional_state_after) < emotion_rank(emotional_state_before)) AS deteriorations,
  count(*) FILTER (WHERE anxiety_level_before IS NOT NULL AND anxiety_level_after IS NOT NULL) AS anxiety_n,
  coalesce(sum(anxiety_level_after - anxiety_level_before), 0)       AS anxiety_change
FROM activities
GROUP BY child_id, day, activity_type;

-- The summaries: each its view, materialised. They have the columns of the view, in its order.
CREATE TABLE child_daily_summary      AS SELECT * FROM v_child_daily      WITH NO DATA;
CREATE TABLE child_type_summary       AS SELECT * FROM v_child_type       WITH NO DATA;
CREATE TABLE child_scenario_summary   AS SELECT * FROM v_child_scenario   WITH NO DATA;
CREATE TABLE child_emotion_summary    AS SELECT * FROM v_child_emotion    WITH NO DATA;
CREATE TABLE child_transition_summary AS SELECT * FROM v_child_transition WITH NO DATA;
CREATE TABLE child_trigger_summary    AS SELECT * FROM v_child_trigger    WITH NO DATA;
CREATE TABLE child_strategy_summary   AS SELECT * FROM v_child_strategy   WITH NO DATA;
CREATE TABLE child_hour_summary       AS SELECT * FROM v_child_hour       WITH NO DATA;
CREATE TABLE child_activity_summary   AS SELECT * FROM v_child_activity   WITH NO DATA;

ALTER TABLE child_daily_summary      ADD PRIMARY KEY (child_id, day);
ALTER TABLE child_type_summary       ADD PRIMARY KEY (child_id, day, session_type);
ALTER TABLE child_scenario_summary   ADD PRIMARY KEY (child_id, day, scenario);
ALTER TABLE child_emotion_summary    ADD PRIMARY KEY (child_id, day, state);
ALTER TABLE child_transition_summary ADD PRIMARY KEY (child_id, day, state_before, state);
ALTER TABLE child_trigger_summary    ADD PRIMARY KEY (child_id, day, trigger);
ALTER TABLE child_strategy_summary   ADD PRIMARY KEY (child_id, day, strategy);
ALTER TABLE child_hour_summary       ADD PRIMARY KEY (child_id, day, hour);
ALTER TABLE child_activity_summary   ADD PRIMARY KEY (child_id, day, activity_type);

CREATE VIEW v_day_summaries AS
SELECT * FROM (VALUES
  ('child_daily_summary',      'v_child_daily'),
  ('child_type_summary',       'v_child_type'),
  ('child_scenario_summary',   'v_child_scenario'),
  ('child_emotion_summary',    'v_child_emotion'),
  ('child_transition_summary', 'v_child_transition'),
  ('child_trigger_summary',    'v_child_trigger'),
  ('child_strategy_summary',   'v_child_strategy'),
  ('child_hour_summary',       'v_child_hour'),
  ('child_activity_summary',   'v_child_activity')) AS d (summary, definition);

-- What a reader asks, of each summary: clean days from the table, dirty days from the definition, in
-- one snapshot, and hence complete whether the job has just run, is running or never ran.
-- OFFSET 0 keeps the planner from joining before grouping: it then takes the child and the day of
-- each dirty row into the definition, which reads that child-day by its index and nothing else. The
-- child and the day come from the dirty row, so that a reader's condition on them reaches it.
DO $$
DECLARE
  d        record;
  figures  text;
BEGIN
  FOR d IN SELECT * FROM v_day_summaries LOOP
    SELECT string_agg(format('v.%I', attname), ', ' ORDER BY attnum) INTO figures
    FROM pg_attribute
    WHERE attrelid = d.summary::regclass AND attnum > 0 AND attname NOT IN ('child_id', 'day');
    EXECUTE format($view$
      CREATE VIEW %1$I AS
      SELECT s.*, false AS live
      FROM %2$I s
      WHERE NOT EXISTS (SELECT FROM dirty_child_days d WHERE d.child_id = s.child_id AND d.day = s.day)
      UNION ALL
      SELECT d.child_id, d.day, %3$s, true AS live
      FROM dirty_child_days d
      CROSS JOIN LATERAL (SELECT * FROM %4$I v WHERE v.child_id = d.child_id AND v.day = d.day OFFSET 0) v
      $view$, d.definition || '_current', d.summary, figures, d.definition);
  END LOOP;
END $$;

-- The children whose windows may be behind their days. Marked by what materialises the days, in the
-- same transaction; like the dirty days, cleaned only while the version is the one that was read.
CREATE TABLE dirty_child_windows (
  child_id   bigint PRIMARY KEY,
  version    bigint NOT NULL DEFAULT nextval('dirty_version'),
  marked_at  timestamptz NOT NULL DEFAULT now()
);

-- Brings ranges of days, both ends in them, of children into all summaries, and marks the children's
-- windows. Runs after the versions of the dirty days were read, in a later statement, and so sees at
-- least what those versions stand for.
-- OFFSET 0 makes the planner compute each range by its index, whatever else there is.
CREATE FUNCTION materialise_child_days(children bigint[], firsts date[], lasts date[]) RETURNS void
  LANGUAGE plpgsql
  SET enable_seqscan = off
AS $$
DECLARE
  d record;
BEGIN
  FOR d IN SELECT * FROM v_day_summaries LOOP
    EXECUTE format($statement$
      DELETE FROM %I s
      USING unnest($1, $2, $3) AS r (child_id, first, last)
      WHERE s.child_id = r.child_id AND s.day BETWEEN r.first AND r.last
      $statement$, d.summary) USING children, firsts, lasts;
    EXECUTE format($statement$
      INSERT INTO %I
      SELECT v.*
      FROM unnest($1, $2, $3) AS r (child_id, first, last)
      CROSS JOIN LATERAL (
        SELECT * FROM %I v WHERE v.child_id = r.child_id AND v.day BETWEEN r.first AND r.last OFFSET 0) v
      $statement$, d.summary, d.definition) USING children, firsts, lasts;
  END LOOP;
  INSERT INTO dirty_child_windows (child_id)
  SELECT DISTINCT child_id FROM unnest(children) AS child_id ORDER BY child_id
  ON CONFLICT (child_id) DO UPDATE SET version = excluded.version, marked_at = excluded.marked_at;
END $$;

-- Up to `most` rows that a summary has otherwise than its definition, of clean days of a range of
-- children; for each summary in one snapshot. There should be none.
CREATE FUNCTION summary_differences(first_child bigint, last_child bigint, most int)
  RETURNS TABLE (summary text, child_id bigint, day date, in_summary jsonb, in_definition jsonb)
  LANGUAGE plpgsql AS $$
DECLARE
  d record;
BEGIN
  FOR d IN SELECT * FROM v_day_summaries LOOP
    RETURN QUERY EXECUTE format($statement$
      WITH kept AS (
        SELECT * FROM %1$I s WHERE s.child_id BETWEEN $1 AND $2
          AND NOT EXISTS (SELECT FROM dirty_child_days x WHERE x.child_id = s.child_id AND x.day = s.day)
      ), defined AS (
        SELECT * FROM %2$I v WHERE v.child_id BETWEEN $1 AND $2
          AND NOT EXISTS (SELECT FROM dirty_child_days x WHERE x.child_id = v.child_id AND x.day = v.day)
      )
      (SELECT %1$L, a.child_id, a.day, to_jsonb(a), NULL::jsonb FROM (TABLE kept EXCEPT TABLE defined) a LIMIT $3)
      UNION ALL
      (SELECT %1$L, b.child_id, b.day, NULL::jsonb, to_jsonb(b) FROM (TABLE defined EXCEPT TABLE kept) b LIMIT $3)
      $statement$, d.summary, d.definition) USING first_child, last_child, most;
  END LOOP;
END $$;

-- Everything that is told of children in windows, merged from their days: one row for each window,
-- also for an empty one. `firsts` may be null: from the first day on. What adds up is added up here;
-- trends, intervals and the like are functions of this (org.smileadventure.common.metric).
-- Days are counted from 2000-01-01 (x); sums of x, x² and xy are exact, whatever their size.
-- To plan this takes longer than to run it, and the plan is always the same one: for each window, the
-- days by their keys. OFFSET 0 keeps the planner from reading whole summaries while they are small.
CREATE FUNCTION window_moments(children bigint[], firsts date[], lasts date[])
  RETURNS TABLE (child_id bigint, first_day date, last_day date, moments jsonb)
  LANGUAGE sql STABLE
  SET plan_cache_mode = force_generic_plan
  SET enable_seqscan = off
AS $$
WITH frame AS MATERIALIZED (
  SELECT f.ord, f.child_id, f.first AS first_day, coalesce(f.first, '-infinity') AS first, f.last
  FROM unnest(children, firsts, lasts) WITH ORDINALITY AS f (child_id, first, last, ord)
),
daily AS MATERIALIZED (
  SELECT f.ord, d.*
  FROM frame f
  CROSS JOIN LATERAL (
    SELECT * FROM v_child_daily_current d WHERE d.child_id = f.child_id AND d.day BETWEEN f.first AND f.last OFFSET 0) d
),
total AS (
  SELECT ord, min(day) AS first_play, jsonb_build_object(
    'sessions', sum(sessions), 'completed', sum(completed), 'abandoned', sum(abandoned),
    'interrupted', sum(interrupted), 'in_progress', sum(in_progress),
    'overwhelmed_exits', sum(overwhelmed_exits),
    'duration_seconds', sum(duration_sum), 'active_seconds', sum(active_sum),
    'interactions', sum(interactions), 'levels', sum(levels), 'achievements', sum(achievements),
    'attention_high', sum(attention_high), 'attention_moderate', sum(attention_moderate),
    'states_told', sum(states_told), 'observations', sum(observations), 'into_distress', sum(into_distress),
    'unaided_recovery_n', sum(unaided_recovery_n), 'unaided_recovery_sum', sum(unaided_recovery_sum),
    'summary_days', count(*) FILTER (WHERE NOT live), 'live_days', count(*) FILTER (WHERE live),
    'supported_engagement', jsonb_build_object('n', sum(supported_engagement_n),
      'sum', sum(supported_engagement_sum), 'sum_sq', sum(supported_engagement_sum_sq)),
    'supported_success', jsonb_build_object('n', sum(supported_success_n),
      'sum', sum(supported_success_sum), 'sum_sq', sum(supported_success_sum_sq)),
    'first_completed', min(day) FILTER (WHERE completed > 0),
    'last_completed', max(day) FILTER (WHERE completed > 0)) AS doc
  FROM daily
  GROUP BY ord
),
value AS MATERIALIZED (
  SELECT d.ord, d.child_id, d.day, v.metric, v.n, v.sum, v.sum_sq, v.min, v.max, d.day - date '2000-01-01' AS x,
         sum(v.n) OVER (PARTITION BY d.ord, v.metric ORDER BY d.day)::bigint AS upto,
         sum(v.n) OVER (PARTITION BY d.ord, v.metric)::bigint / 2 AS half
  FROM daily d
  CROSS JOIN LATERAL (VALUES
    ('score', d.score_n, d.score_sum::numeric, d.score_sum_sq, d.score_min::numeric, d.score_max::numeric),
    ('engagement', d.engagement_n, d.engagement_sum, d.engagement_sum_sq, d.engagement_min, d.engagement_max),
    ('success', d.success_n, d.success_sum, d.success_sum_sq, d.success_min, d.success_max),
    ('duration', d.duration_n, d.duration_sum, d.duration_sum_sq, d.duration_min, d.duration_max),
    ('recovery', d.recovery_n, d.recovery_sum, d.recovery_sum_sq, d.recovery_min, d.recovery_max),
    ('active', d.active_n, d.active_sum, d.active_sum_sq, NULL, NULL),
    ('distress', d.distress_n, d.distress_sum, d.distress_sum_sq, NULL, NULL),
    ('rating', d.rating_n, d.rating_sum, d.rating_sum_sq, NULL, NULL)
  ) AS v (metric, n, sum, sum_sq, min, max)
  WHERE v.n > 0
),
-- The halves of a series are told apart session by session: the day in which it parts is looked up.
parted AS (
  SELECT ord, metric, sum(y) AS early
  FROM (
    SELECT v.ord, v.metric, v.half - (v.upto - v.n) AS take, s.y,
           row_number() OVER (PARTITION BY v.ord, v.metric ORDER BY g.started_at, g.id) AS place
    FROM value v
    CROSS JOIN LATERAL (
      SELECT * FROM game_sessions g
      WHERE g.child_id = v.child_id AND g.day = v.day AND g.completion_status = 'completed' OFFSET 0) g
    CROSS JOIN LATERAL (SELECT CASE v.metric
      WHEN 'score' THEN g.score WHEN 'engagement' THEN g.engagement_score
      WHEN 'success' THEN g.success_rate WHEN 'duration' THEN g.duration_seconds
      WHEN 'recovery' THEN g.recovery_seconds WHEN 'active' THEN g.active_seconds
      WHEN 'distress' THEN g.distress_seconds WHEN 'rating' THEN g.parent_rating END) AS s (y)
    WHERE v.upto > v.half AND v.upto - v.n < v.half AND s.y IS NOT NULL
  ) placed
  WHERE place <= take
  GROUP BY ord, metric
),
series AS (
  SELECT ord, jsonb_object_agg(metric, to_jsonb(s) - 'ord' - 'metric') AS doc
  FROM (
    SELECT v.ord, v.metric, sum(v.n) AS n, sum(v.sum) AS sum, sum(v.sum_sq) AS sum_sq,
           min(v.min) AS min, max(v.max) AS max,
           count(*) AS days, min(v.day) AS first_day, max(v.day) AS last_day,
           sum(v.n * v.x) AS x_sum, sum(v.n * v.x::numeric * v.x) AS x_sum_sq, sum(v.x * v.sum) AS xy_sum,
           coalesce(sum(v.sum) FILTER (WHERE v.upto <= v.half), 0) + coalesce(min(p.early), 0) AS early_sum
    FROM value v
    LEFT JOIN parted p ON p.ord = v.ord AND p.metric = v.metric
    GROUP BY v.ord, v.metric
  ) s
  GROUP BY ord
),
-- Days in a row with a completed session.
streak AS (
  SELECT ord, jsonb_build_object(
    'longest', max(days), 'last', (array_agg(days ORDER BY last DESC))[1], 'last_day', max(last)) AS doc
  FROM (
    SELECT ord, count(*) AS days, max(day) AS last
    FROM (
      SELECT ord, day, day - row_number() OVER (PARTITION BY ord ORDER BY day)::int AS island
      FROM daily
      WHERE completed > 0
    ) numbered
    GROUP BY ord, island
  ) islands
  GROUP BY ord
),
types AS (
  SELECT ord, jsonb_agg(to_jsonb(t) - 'ord' ORDER BY session_type) AS doc
  FROM (
    SELECT f.ord, d.session_type, sum(d.sessions) AS sessions, sum(d.completed) AS completed,
           sum(d.abandoned) AS abandoned, sum(d.interrupted) AS interrupted, sum(d.in_progress) AS in_progress
    FROM frame f
    CROSS JOIN LATERAL (
      SELECT * FROM v_child_type_current d WHERE d.child_id = f.child_id AND d.day BETWEEN f.first AND f.last OFFSET 0) d
    GROUP BY f.ord, d.session_type
  ) t
  GROUP BY ord
),
scenarios AS (
  SELECT ord, jsonb_agg(to_jsonb(t) - 'ord') AS doc
  FROM (
    SELECT f.ord, d.scenario, array_agg(r.rate ORDER BY d.day, r.place) AS success_rates
    FROM frame f
    CROSS JOIN LATERAL (
      SELECT * FROM v_child_scenario_current d WHERE d.child_id = f.child_id AND d.day BETWEEN f.first AND f.last OFFSET 0) d
    CROSS JOIN LATERAL unnest(d.success_rates) WITH ORDINALITY AS r (rate, place)
    GROUP BY f.ord, d.scenario
  ) t
  GROUP BY ord
),
states AS (
  SELECT ord, jsonb_agg(to_jsonb(t) - 'ord') AS doc
  FROM (
    SELECT f.ord, d.state, sum(d.seconds) AS seconds, sum(d.first_n) AS first_n, sum(d.last_n) AS last_n
    FROM frame f
    CROSS JOIN LATERAL (
      SELECT * FROM v_child_emotion_current d WHERE d.child_id = f.child_id AND d.day BETWEEN f.first AND f.last OFFSET 0) d
    GROUP BY f.ord, d.state
  ) t
  GROUP BY ord
),
transitions AS (
  SELECT ord, jsonb_agg(to_jsonb(t) - 'ord') AS doc
  FROM (
    SELECT f.ord, d.state_before, d.state, sum(d.n) AS n
    FROM frame f
    CROSS JOIN LATERAL (
      SELECT * FROM v_child_transition_current d WHERE d.child_id = f.child_id AND d.day BETWEEN f.first AND f.last OFFSET 0) d
    GROUP BY f.ord, d.state_before, d.state
  ) t
  GROUP BY ord
),
triggers AS (
  SELECT ord, jsonb_agg(to_jsonb(t) - 'ord') AS doc
  FROM (
    SELECT f.ord, d.trigger, sum(d.observations) AS observations, sum(d.into_distress) AS into_distress
    FROM frame f
    CROSS JOIN LATERAL (
      SELECT * FROM v_child_trigger_current d WHERE d.child_id = f.child_id AND d.day BETWEEN f.first AND f.last OFFSET 0) d
    GROUP BY f.ord, d.trigger
  ) t
  GROUP BY ord
),
strategies AS (
  SELECT ord, jsonb_agg(to_jsonb(t) - 'ord') AS doc
  FROM (
    SELECT f.ord, d.strategy, sum(d.uses) AS uses, sum(d.effectiveness_sum) AS effectiveness_sum,
           sum(d.child_initiated) AS child_initiated, sum(d.recovery_n) AS recovery_n, sum(d.recovery_sum) AS recovery_sum
    FROM frame f
    CROSS JOIN LATERAL (
      SELECT * FROM v_child_strategy_current d WHERE d.child_id = f.child_id AND d.day BETWEEN f.first AND f.last OFFSET 0) d
    GROUP BY f.ord, d.strategy
  ) t
  GROUP BY ord
),
hourly AS MATERIALIZED (
  SELECT f.ord, d.day, d.hour, d.engagement_n, d.engagement_sum
  FROM frame f
  CROSS JOIN LATERAL (
    SELECT * FROM v_child_hour_current d WHERE d.child_id = f.child_id AND d.day BETWEEN f.first AND f.last OFFSET 0) d
),
hours AS (
  SELECT ord, jsonb_agg(to_jsonb(t) - 'ord' ORDER BY cell) AS doc
  FROM (SELECT ord, hour AS cell, sum(engagement_n) AS n, sum(engagement_sum) AS sum FROM hourly GROUP BY ord, hour) t
  GROUP BY ord
),
weekdays AS (
  SELECT ord, jsonb_agg(to_jsonb(t) - 'ord' ORDER BY cell) AS doc
  FROM (
    SELECT ord, extract(isodow FROM day)::int AS cell, sum(engagement_n) AS n, sum(engagement_sum) AS sum
    FROM hourly
    GROUP BY ord, extract(isodow FROM day)
  ) t
  GROUP BY ord
),
activity AS (
  SELECT ord, min(first_day) AS first_day, jsonb_agg(to_jsonb(t) - 'ord' - 'first_day' ORDER BY activity_type) AS doc
  FROM (
    SELECT f.ord, d.activity_type, min(d.day) AS first_day, sum(d.activities) AS activities, sum(d.points) AS points,
           sum(d.verified) AS verified, sum(d.emotional_n) AS emotional_n, sum(d.improvements) AS improvements,
           sum(d.deteriorations) AS deteriorations, sum(d.anxiety_n) AS anxiety_n, sum(d.anxiety_change) AS anxiety_change
    FROM frame f
    CROSS JOIN LATERAL (
      SELECT * FROM v_child_activity_current d WHERE d.child_id = f.child_id AND d.day BETWEEN f.first AND f.last OFFSET 0) d
    GROUP BY f.ord, d.activity_type
  ) t
  GROUP BY ord
),
-- The window of the same length before; there is none before all days.
before AS (
  SELECT f.ord, coalesce(sum(d.sessions), 0) AS sessions, min(d.day) AS first_play
  FROM frame f
  LEFT JOIN LATERAL (
    SELECT * FROM v_child_daily_current d
    WHERE d.child_id = f.child_id AND d.day BETWEEN f.first_day - (f.last - f.first_day + 1) AND f.first_day - 1 OFFSET 0) d ON true
  WHERE f.first_day IS NOT NULL
  GROUP BY f.ord
)
SELECT f.child_id, f.first_day, f.last, jsonb_strip_nulls(jsonb_build_object(
  'total', total.doc, 'series', series.doc, 'streak', streak.doc, 'types', types.doc,
  'scenarios', scenarios.doc, 'states', states.doc, 'transitions', transitions.doc,
  'triggers', triggers.doc, 'strategies', strategies.doc, 'hours', hours.doc, 'weekdays', weekdays.doc,
  'activities', activity.doc, 'sessions_before', before.sessions,
  'first_day', least(total.first_play, activity.first_day), 'first_day_before', before.first_play,
  'last_play', (SELECT max(g.day) FROM game_sessions g WHERE g.child_id = f.child_id AND g.day <= f.last),
  'next_day', least((SELECT min(g.day) FROM game_sessions g WHERE g.child_id = f.child_id AND g.day > f.last),
                    (SELECT min(a.day) FROM activities a WHERE a.child_id = f.child_id AND a.day > f.last))))
FROM frame f
LEFT JOIN total ON total.ord = f.ord
LEFT JOIN series ON series.ord = f.ord
LEFT JOIN streak ON streak.ord = f.ord
LEFT JOIN types ON types.ord = f.ord
LEFT JOIN scenarios ON scenarios.ord = f.ord
LEFT JOIN states ON states.ord = f.ord
LEFT JOIN transitions ON transitions.ord = f.ord
LEFT JOIN triggers ON triggers.ord = f.ord
LEFT JOIN strategies ON strategies.ord = f.ord
LEFT JOIN hours ON hours.ord = f.ord
LEFT JOIN weekdays ON weekdays.ord = f.ord
LEFT JOIN activity ON activity.ord = f.ord
LEFT JOIN before ON before.ord = f.ord
ORDER BY f.ord
$$;

-- A child's figures in the windows that end today, as of a day; so that lists and populations need
-- not merge days. What the figures rest on changes when one of the child's days does
-- (dirty_child_windows), or when the calendar takes a day out of a window: that happens on due_on.
CREATE TABLE child_window_summary (
  child_id               bigint NOT NULL,
  window_name            text NOT NULL CHECK (window_name IN ('7d', '30d', '90d', '365d')),
  first_day              date NOT NULL,
  last_day               date NOT NULL,
  due_on                 date,
  computed_at            timestamptz NOT NULL DEFAULT now(),
  sessions               bigint NOT NULL,
  completed              bigint NOT NULL,
  abandoned              bigint NOT NULL,
  interrupted            bigint NOT NULL,
  score_n                bigint NOT NULL,
  score_mean             float8,
  engagement_n           bigint NOT NULL,
  engagement_mean        float8,
  success_n              bigint NOT NULL,
  success_mean           float8,
  score_trend            text CHECK (score_trend IN ('improving', 'declining', 'stable')),
  engagement_trend       text CHECK (engagement_trend IN ('improving', 'declining', 'stable')),
  risks                  text[] NOT NULL,
  figures                jsonb NOT NULL CHECK (jsonb_typeof(figures) = 'object'),
  score_percentile       float8 CHECK (score_percentile BETWEEN 0 AND 100),
  engagement_percentile  float8 CHECK (engagement_percentile BETWEEN 0 AND 100),
  PRIMARY KEY (child_id, window_name)
);
CREATE INDEX idx_child_window_summary_due ON child_window_summary (due_on, child_id) WHERE due_on IS NOT NULL;

-- The columns of child_window_summary that only repeat what its figures say, for statements over many
-- children.
CREATE FUNCTION window_columns(figures jsonb)
  RETURNS TABLE (
    sessions bigint, completed bigint, abandoned bigint, interrupted bigint,
    score_n bigint, score_mean float8, engagement_n bigint, engagement_mean float8,
    success_n bigint, success_mean float8, score_trend text, engagement_trend text, risks text[])
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT
    (figures #> '{totals,sessions}')::bigint,
    (figures #> '{totals,completed}')::bigint,
    (figures #> '{totals,abandoned}')::bigint,
    (figures #> '{totals,interrupted}')::bigint,
    (figures #> '{score,n}')::bigint,
    (figures #>> '{score,mean}')::float8,
    (figures #> '{engagement,n}')::bigint,
    (figures #>> '{engagement,mean}')::float8,
    (figures #> '{success,n}')::bigint,
    (figures #>> '{success,mean}')::float8,
    figures #>> '{score,trend,direction}',
    figures #>> '{engagement,trend,direction}',
    ARRAY(SELECT r ->> 'rule' FROM jsonb_array_elements(figures -> 'risks') r)
$$;

-- What was there before gets its new columns, and its days are summarised anew.
SELECT record_sessions(array_agg(id)) FROM game_sessions WHERE ended_at IS NOT NULL GROUP BY day;
INSERT INTO dirty_child_days (child_id, day)
SELECT child_id, day FROM game_sessions UNION SELECT child_id, day FROM activities
ON CONFLICT DO NOTHING;
