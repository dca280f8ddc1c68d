-- The child of a session, for opening it; null if there is no such session. If two children claim the
-- same id, it is the first one's.
CREATE OR REPLACE FUNCTION child_of_session(session uuid) RETURNS bigint
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  RETURN (SELECT child_id FROM game_sessions WHERE id = session ORDER BY created_at, child_id LIMIT 1);
