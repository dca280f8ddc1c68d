-- Whoever marks one has locked its child, who is locked here: none of these has been marked again.
DELETE FROM unpacked_sessions u
USING unnest(:children::bigint[], :sessions::uuid[]) AS p (child_id, session_id)
WHERE u.child_id = p.child_id AND u.session_id = p.session_id
