-- Days of play of some children, in the order of the days, as ingest writes them: sessions, one and a
-- half a day of play. Values are drawn from what a session has of each; the same seed draws the same.
WITH day AS MATERIALIZED (
  SELECT c.id AS child_id, c.timezone, d.day::date AS day, random() AS luck
  FROM generate_series(:first::date, :last::date, interval '1 day') AS d (day)
  CROSS JOIN children c
  WHERE c.id BETWEEN :first_child AND :last_child AND random() < :play_probability
  ORDER BY d.day, random()
),
play AS MATERIALIZED (
  SELECT
    day.child_id, day.day,
    (day.day + time '06:00' + n * interval '3 hours' + random() * interval '2 hours') AT TIME ZONE day.timezone AS started_at,
    1 + (random() * 23)::int AS scenario,
    120 + (random() * 1680)::int AS seconds,
    (random() * 90)::int AS paused,
    random() AS fate, random() AS mood, random() AS trial,
    10 + (random() * 40)::int AS interactions
  FROM day
  CROSS JOIN generate_series(1, CASE WHEN luck < 0.6 THEN 1 WHEN luck < 0.9 THEN 2 ELSE 3 END) AS n
),
told AS (
  SELECT *,
    CASE WHEN fate < 0.88 THEN 'completed' WHEN fate < 0.95 THEN 'abandoned' ELSE 'interrupted' END AS status,
    (interactions * (0.5 + trial / 2))::int AS correct,
    (ARRAY['calm', 'happy', 'excited', 'focused', 'confident'])[1 + (mood * 4)::int] AS good,
    (ARRAY['anxious', 'frustrated', 'overwhelmed'])[1 + (trial * 2)::int] AS bad,
    (ARRAY['loud_noise', 'new_person', 'waiting', 'crowd', 'touch'])[1 + (random() * 4)::int] AS trigger,
    (ARRAY['deep_breathing', 'counting', 'break', 'squeeze_ball'])[1 + (random() * 3)::int] AS strategy
  FROM play
)
INSERT INTO game_sessions (
  id, child_id, session_type, scenario_name, scenario_id, scenario_version, started_at, ended_at, day,
  duration_seconds, pause_count, total_pause_duration, active_seconds, levels_completed, max_level_reached,
  score, interactions_count, correct_responses, incorrect_responses, help_requests, hint_usage_count,
  success_rate, help_rate, hint_rate, engagement_score, response_time_p50_ms, response_time_p90_ms,
  initial_emotion, final_emotion, distress_seconds, recovery_seconds, emotional_volatility, emotions,
  completion_status, exit_reason, achievements_unlocked, parent_rating, device_type, app_version,
  environment_type, support_person_present, session_data_quality)
SELECT
  uuidv7(started_at - now()), child_id,
  (ARRAY['dental_visit', 'therapy_session', 'social_scenario', 'sensory_exploration', 'daily_routine'])[1 + scenario % 5],
  'Scenario ' || scenario, 'scenario-' || scenario, '1.' || scenario % 3,
  started_at, started_at + make_interval(secs => seconds), day,
  seconds, sign(paused)::int, paused, seconds - paused, interactions / 10, interactions / 10,
  correct * 10, interactions, correct, interactions - correct, (trial * 5)::int, (mood * 5)::int,
  round(100.0 * correct / interactions, 2), round((trial * 0.2)::numeric, 4), round((mood * 0.2)::numeric, 4),
  round((40 + mood * 60)::numeric, 2), 900 + (trial * 900)::int, 2400 + (mood * 1800)::int,
  good, good, (seconds * 0.2)::int,
  CASE WHEN fate < 0.7 THEN round((20 + trial * 300)::numeric, 3) END, round((mood * 3)::numeric, 4),
  CASE WHEN fate < 0.7 THEN jsonb_build_object(
    'seconds', jsonb_build_object(good, round(seconds * 0.7, 3), 'calm', round(seconds * 0.1, 3), bad, round(seconds * 0.2, 3)),
    'first', good, 'last', good,
    'transitions', jsonb_build_object(good || '>' || bad, 1, bad || '>' || good, 1),
    'observations', 4, 'into_distress', 1,
    'triggers', jsonb_build_object(trigger, jsonb_build_array(2, 1)),
    'strategies', jsonb_build_object(strategy, jsonb_build_array(1, 4, 1)),
    'episodes', jsonb_build_array(jsonb_build_array(trigger, round((20 + trial * 300)::numeric, 3), strategy)))
  ELSE jsonb_build_object('seconds', jsonb_build_object(good, seconds), 'first', good, 'last', good) END,
  status, CASE WHEN status = 'abandoned' AND trial > 0.5 THEN 'overwhelmed' END,
  CASE WHEN trial > 0.8 THEN jsonb '["first_steps"]' ELSE jsonb '[]' END,
  CASE WHEN mood > 0.7 THEN 1 + (trial * 4)::int END,
  (ARRAY['tablet', 'desktop', 'mobile'])[1 + scenario % 3], '2.4.1', 'home', trial > 0.6, 'complete'
FROM told
