-- Completed sessions of a year, each of a random child, in the order of their starts as ingest writes
-- them. The table is put in by the program: it is one of its own two.
INSERT INTO %s (
  id, child_id, session_type, scenario_name, scenario_id, scenario_version, started_at, ended_at, day,
  duration_seconds, active_seconds, score, interactions_count, correct_responses, success_rate,
  engagement_score, completion_status, parent_rating, device_type, environment_type, session_data_quality)
SELECT
  uuidv7(make_interval(secs => s.age)),
  1 + (random() * 19999)::int,
  (ARRAY['dental_visit', 'therapy_session', 'social_scenario', 'daily_routine'])[1 + (random() * 3)::int],
  'Scenario', 'scenario-' || (random() * 50)::int, '1.' || (random() * 3)::int,
  s.start, s.start + make_interval(secs => s.seconds), s.start::date,
  s.seconds, s.seconds, (random() * 100)::int, (random() * 200)::int, 0, 80, (random() * 100)::int,
  'completed', nullif((random() * 5)::int, 0), (ARRAY['tablet', 'desktop', 'mobile'])[1 + (random() * 2)::int],
  'home', 'complete'
FROM (SELECT age, seconds, now() + make_interval(secs => age) AS start
      FROM (SELECT -31536000.0 * (1 - n / ?::numeric) AS age, 60 + (random() * 1740)::int AS seconds
            FROM generate_series(1, ?) AS n) aged
      ORDER BY age) s
