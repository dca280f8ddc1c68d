-- Of a silent session whose events were forgotten nobody can tell any more how long it was.
WITH closed AS (
  UPDATE game_sessions g
  SET completion_status = 'abandoned', closed_by_silence = true, ended_at = g.started_at, updated_at = now(),
      data_quality_notes = g.data_quality_notes || '[{"rule": "events_forgotten", "severity": "error"}]'
  WHERE g.child_id = ANY (:children::bigint[])
    AND g.completion_status = 'in_progress'
    AND g.created_at < now() - :silent_for::interval
    AND NOT EXISTS (SELECT FROM session_events e WHERE e.session_id = g.id AND e.child_id = g.child_id)
  RETURNING g.child_id, g.day
)
SELECT mark_months(array_agg(child_id), array_agg(day)), invalidate_children(array_agg(child_id)) FROM closed
