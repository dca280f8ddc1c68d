-- The second wall: query-api asks as a role of its own, which sees of children only what was opened to
-- it in the same transaction. A statement that forgets to ask who may see a child gets nothing.

-- A role is of the whole server: another database may have made it, just now even.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'smile_query') THEN
    CREATE ROLE smile_query NOLOGIN;
    GRANT smile_query TO CURRENT_USER WITH SET TRUE;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;

-- Each time somebody looked at a child by way of an office, and not as its parent or professional.
CREATE TABLE child_access_audit (
  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at        timestamptz NOT NULL DEFAULT now(),
  user_id   bigint NOT NULL REFERENCES auth_users,
  child_id  bigint NOT NULL REFERENCES children,
  request   text NOT NULL CHECK (length(request) <= 500)
);
CREATE INDEX idx_child_access_audit_child ON child_access_audit (child_id, at);
CREATE INDEX idx_child_access_audit_user ON child_access_audit (user_id, at);

-- An admin may see the child whose audit record was written in this transaction, and no other.
CREATE OR REPLACE VIEW v_child_access AS
SELECT c.id AS child_id, u.id AS user_id, c.timezone
FROM children c
JOIN auth_users u ON u.id = c.parent_id
WHERE c.is_active AND u.is_active AND u.status = 'active'
UNION ALL
SELECT c.id, u.id, c.timezone
FROM patient_assignments a
JOIN children c ON c.id = a.child_id
JOIN auth_users u ON u.id = a.professional_id
WHERE a.status = 'active' AND u.role = 'professional'
  AND c.is_active AND u.is_active AND u.status = 'active'
UNION ALL
SELECT c.id, u.id, c.timezone
FROM children c
CROSS JOIN auth_users u
WHERE c.id = nullif(current_setting('smile.audited_child', true), '')::bigint
  AND u.role = 'admin' AND u.is_active AND u.status = 'active';

-- Opens to this transaction the children that the viewer may see; of them only this one, if one is
-- named. Somebody who comes as an admin has to name it, and that is put on record.
CREATE FUNCTION open_children(viewer bigint, child bigint, as_admin boolean, request text) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  IF as_admin THEN
    INSERT INTO child_access_audit (user_id, child_id, request)
    SELECT u.id, c.id, left(open_children.request, 500)
    FROM auth_users u
    CROSS JOIN children c
    WHERE u.id = viewer AND u.role = 'admin' AND u.is_active AND u.status = 'active' AND c.id = child;
    IF FOUND THEN
      PERFORM set_config('smile.audited_child', child::text, true);
    END IF;
  END IF;
  PERFORM set_config('smile.children',
    coalesce((SELECT string_agg(DISTINCT a.child_id::text, ',')
              FROM v_child_access a
              WHERE a.user_id = viewer AND (child IS NULL OR a.child_id = child)), ''), true);
END $$;

-- The child of a session, for opening it; null if there is no such session.
CREATE FUNCTION child_of_session(session uuid) RETURNS bigint
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  RETURN (SELECT child_id FROM game_sessions WHERE id = session);

CREATE FUNCTION opened_children() RETURNS bigint[]
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN string_to_array(nullif(current_setting('smile.children', true), ''), ',')::bigint[];

-- What a parent said of a session in the application: kept beside the events, and like them something
-- that the session is computed from. The payload is that of parent.rated.
CREATE TABLE session_ratings (
  session_id  uuid PRIMARY KEY,
  child_id    bigint NOT NULL REFERENCES children,
  rated_by    bigint NOT NULL REFERENCES auth_users,
  rated_at    timestamptz NOT NULL DEFAULT now(),
  payload     jsonb NOT NULL CHECK (
    coalesce((payload ->> 'rating')::int BETWEEN 1 AND 5, false)
    AND length(payload ->> 'notes') <= 1000
    AND coalesce(jsonb_typeof(payload -> 'observedBehavior'), 'object') = 'object')
);
CREATE INDEX idx_session_ratings_child ON session_ratings (child_id);

-- Takes what a parent says of a session of an own child, and returns what came of it: not_found,
-- in_progress, forgotten (what the session was computed from is not kept any more), or rated with
-- the child of which cached answers have to go after the commit.
CREATE FUNCTION rate_session(viewer bigint, session uuid, rating jsonb, OUT outcome text, OUT child_id bigint)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  child   bigint;
  status  text;
BEGIN
  SELECT c.id, g.completion_status INTO child, status
  FROM game_sessions g
  JOIN children c ON c.id = g.child_id AND c.parent_id = viewer
  JOIN v_child_access a ON a.child_id = c.id AND a.user_id = viewer
  WHERE g.id = session
  LIMIT 1;
  IF child IS NULL THEN
    outcome := 'not_found';
    RETURN;
  ELSIF status = 'in_progress' THEN
    outcome := 'in_progress';
    RETURN;
  ELSIF session < (SELECT f.least_session_id FROM forgotten_events f) THEN
    outcome := 'forgotten';
    RETURN;
  END IF;
  -- As ingest does before it computes: one writer at a time for each child.
  PERFORM FROM children WHERE id = child FOR NO KEY UPDATE;
  INSERT INTO session_ratings AS r (session_id, child_id, rated_by, rated_at, payload)
  VALUES (session, child, viewer, clock_timestamp(), rating)
  ON CONFLICT (session_id) DO UPDATE
  SET rated_by = excluded.rated_by, rated_at = excluded.rated_at, payload = excluded.payload;
  PERFORM record_sessions(ARRAY[session]);
  -- Whoever cannot invalidate after the commit has left a note that it is due.
  PERFORM invalidate_children(ARRAY[child]);
  outcome := 'rated';
  child_id := child;
END $$;

REVOKE EXECUTE ON FUNCTION
  open_children(bigint, bigint, boolean, text), child_of_session(uuid), rate_session(bigint, uuid, jsonb) FROM public;
GRANT EXECUTE ON FUNCTION
  open_children(bigint, bigint, boolean, text), child_of_session(uuid), rate_session(bigint, uuid, jsonb) TO smile_query;

-- Everything that is about a child. It says coalesce for the planner, which would otherwise take two
-- conditions on the child for twice as selective, and any index for good enough. Who owns the tables (the writers and the jobs) is not held up.
DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY[
    'session_events', 'game_sessions', 'activities', 'session_ratings', 'dirty_child_days', 'child_window_summary']
    || ARRAY(SELECT summary FROM v_day_summaries)
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY opened ON %I FOR SELECT TO smile_query
                    USING (coalesce(child_id = ANY ((SELECT opened_children())::bigint[]), false))', t);
    EXECUTE format('GRANT SELECT ON %I TO smile_query', t);
  END LOOP;
END $$;
ALTER TABLE children ENABLE ROW LEVEL SECURITY;
CREATE POLICY opened ON children FOR SELECT TO smile_query
  USING (coalesce(id = ANY ((SELECT opened_children())::bigint[]), false));
GRANT SELECT ON children TO smile_query;

-- A view asks as its owner unless told otherwise, and so past the wall.
DO $$
DECLARE
  v text;
BEGIN
  FOR v IN SELECT definition FROM v_day_summaries
           UNION SELECT definition || '_current' FROM v_day_summaries
           UNION SELECT 'v_child_access'
  LOOP
    EXECUTE format('ALTER VIEW %I SET (security_invoker = true)', v);
    EXECUTE format('GRANT SELECT ON %I TO smile_query', v);
  END LOOP;
END $$;
GRANT SELECT ON v_day_summaries TO smile_query;

-- What is no child's: accounts and who is assigned to whom, what is published of the population, the
-- notes on what is to be invalidated.
GRANT SELECT, INSERT, UPDATE ON auth_users, patient_assignments TO smile_query;
GRANT SELECT, INSERT, UPDATE, DELETE ON auth_logins, auth_refresh_tokens TO smile_query;
GRANT SELECT, INSERT, UPDATE, DELETE ON pending_invalidation TO smile_query;
GRANT SELECT ON forgotten_events TO smile_query;
GRANT SELECT ON v_population_cell, v_population_distribution, v_population_insight, v_treatment_effect,
  v_platform_users, v_platform_play TO smile_query;
