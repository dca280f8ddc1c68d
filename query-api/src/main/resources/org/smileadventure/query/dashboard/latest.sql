-- The last ten sessions and the last ten activities of each of these children.
SELECT
  c.id AS child_id,
  coalesce((SELECT jsonb_agg(to_jsonb(s) ORDER BY s.started_at DESC, s.id DESC)
   FROM (
     SELECT id, child_id, scenario_name, session_type, started_at, completion_status, score
     FROM game_sessions
     WHERE child_id = c.id
     ORDER BY started_at DESC
     LIMIT 10
   ) s), '[]') AS sessions,
  coalesce((SELECT jsonb_agg(to_jsonb(a) ORDER BY a.completed_at DESC, a.id DESC)
   FROM (
     SELECT id, child_id, activity_type, activity_name, points_earned, completed_at,
            verified_by_parent OR verified_by_professional AS verified
     FROM activities
     WHERE child_id = c.id
     ORDER BY completed_at DESC
     LIMIT 10
   ) a), '[]') AS activities
FROM unnest(:children::bigint[]) AS c (id)
