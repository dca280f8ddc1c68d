DELETE FROM session_events e
USING unnest(:sessions::uuid[], :children::bigint[]) AS p (session_id, child_id)
WHERE e.session_id = p.session_id AND e.child_id = p.child_id
