-- They are tried again when as much time has passed as for others. Until then they take nobody's place.
UPDATE unpacked_sessions u SET since = now()
FROM unnest(:children::bigint[], :sessions::uuid[]) AS p (child_id, session_id)
WHERE u.child_id = p.child_id AND u.session_id = p.session_id
