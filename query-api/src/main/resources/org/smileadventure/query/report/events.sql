-- Every event that is kept of a child, session by session, in their order.
SELECT to_jsonb(e)
FROM game_sessions g
JOIN v_session_event e ON e.session_id = g.id AND e.child_id = g.child_id
WHERE g.child_id = :child
ORDER BY g.id, e.seq
