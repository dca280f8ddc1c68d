-- A session's row, from its first event.
INSERT INTO game_sessions (
  id, child_id, session_type, scenario_name, scenario_id, scenario_version, started_at, day,
  initial_emotion, device_type, device_model, app_version, environment_type, support_person_present)
SELECT
  e.id,
  c.id,
  e.payload ->> 'sessionType',
  e.payload ->> 'scenarioName',
  e.payload ->> 'scenarioId',
  e.payload ->> 'scenarioVersion',
  e.occurred_at,
  (e.occurred_at AT TIME ZONE c.timezone)::date,
  e.payload ->> 'initialEmotion',
  e.payload ->> 'deviceType',
  e.payload ->> 'deviceModel',
  e.payload ->> 'appVersion',
  e.payload ->> 'environmentType',
  coalesce((e.payload -> 'supportPersonPresent')::boolean, false)
FROM (SELECT ?::uuid AS id, ?::bigint AS child_id, ?::timestamptz AS occurred_at, ?::jsonb AS payload) e
JOIN children c ON c.id = e.child_id
ON CONFLICT (id) DO NOTHING
