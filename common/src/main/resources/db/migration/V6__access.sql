-- Who is logged in, and what may be read. The second wall: query-api asks as a role of its own, which
-- sees only the children that were opened to it in the same transaction. A statement that forgets to
-- ask who may see a child gets nothing.

-- Who is logged in. A login is a family of refresh tokens, each used once. One that comes a second time
-- has been copied: the login ends.
CREATE TABLE auth_logins (
  id          uuid PRIMARY KEY,
  user_id     bigint NOT NULL REFERENCES auth_users,
  created_at  timestamptz NOT NULL,
  expires_at  timestamptz NOT NULL,
  ended_at    timestamptz,
  end_reason  text CHECK (end_reason IN ('logout', 'reuse', 'password', 'account')),
  CHECK ((ended_at IS NULL) = (end_reason IS NULL))
);
CREATE INDEX idx_auth_logins_user ON auth_logins (user_id) WHERE ended_at IS NULL;
-- The access tokens of an ended login are refused until they expire: every instance asks for these
-- logins again and again.
CREATE INDEX idx_auth_logins_ended ON auth_logins (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX idx_auth_logins_expires ON auth_logins (expires_at);

-- Only the digest of a token is kept.
CREATE TABLE auth_refresh_tokens (
  digest     bytea PRIMARY KEY CHECK (length(digest) = 32),
  login_id   uuid NOT NULL REFERENCES auth_logins ON DELETE CASCADE,
  issued_at  timestamptz NOT NULL,
  used_at    timestamptz
);
CREATE INDEX idx_auth_refresh_tokens_login ON auth_refresh_tokens (login_id);

-- Children whose cached answers are still to be invalidated: the cache was away, or who may see the
-- child has changed. The services drain this table every second. What somebody may not see any more is
-- urgent: it does not wait behind figures that have changed of all children.
CREATE TABLE pending_invalidation (
  child_id  bigint PRIMARY KEY,
  since     timestamptz NOT NULL DEFAULT now(),
  urgent    boolean NOT NULL DEFAULT false
);
CREATE INDEX idx_pending_invalidation_order ON pending_invalidation (urgent DESC, since);

-- A login for each service, none of which owns a table. A role belongs to the whole server: another
-- database, or whoever set the server up, may have made it, even just now. Those who write for all
-- children are not held up by row-level security.
DO $$
DECLARE
  made text;
BEGIN
  FOREACH made IN ARRAY ARRAY['smile_query LOGIN', 'smile_ingest LOGIN BYPASSRLS', 'smile_batch LOGIN BYPASSRLS'] LOOP
    BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = split_part(made, ' ', 1)) THEN
        EXECUTE 'CREATE ROLE ' || made;
      END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
  END LOOP;
  -- PostgreSQL counts everybody's statements, and knows who is in a transaction since when, but shows it
  -- of others to these roles only.
  IF NOT pg_has_role('smile_query', 'pg_read_all_stats', 'MEMBER') THEN
    GRANT pg_read_all_stats TO smile_query;
  END IF;
  IF NOT pg_has_role('smile_ingest', 'pg_read_all_stats', 'MEMBER') THEN
    GRANT pg_read_all_stats TO smile_ingest;
  END IF;
END $$;

-- What children are opened with. Only the owner reads it.
CREATE TABLE opening_secret (
  only_row  boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  secret    bytea NOT NULL
);
INSERT INTO opening_secret (secret)
SELECT sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'));

-- The mark of these children, in this transaction and no other (twice, so that nobody can go on from it).
CREATE FUNCTION opening_mark(children text) RETURNS text
  LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = public, pg_temp
  RETURN (SELECT encode(sha256(secret || sha256(secret || convert_to(
            pg_backend_pid() || ' ' || extract(epoch FROM transaction_timestamp()) || ' ' || children, 'UTF8'))), 'hex')
          FROM opening_secret);

-- The children that this transaction may read: those that open_children has opened, as nobody else knows
-- their mark.
CREATE FUNCTION opened_children() RETURNS bigint[]
  LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = public, pg_temp
  RETURN (SELECT CASE WHEN mark = opening_mark(ids) THEN string_to_array(ids, ',')::bigint[] END
          FROM (SELECT nullif(current_setting('smile.children', true), '') AS ids,
                       current_setting('smile.children_mark', true) AS mark) said);

-- Everything about a child is behind the wall. The policies say coalesce for the planner: it would take two conditions on the child
-- for twice as selective, and any index for good enough.
ALTER TABLE children ENABLE ROW LEVEL SECURITY;
ALTER TABLE session_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE game_sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE activities ENABLE ROW LEVEL SECURITY;
ALTER TABLE session_ratings ENABLE ROW LEVEL SECURITY;
ALTER TABLE refused_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE dirty_child_months ENABLE ROW LEVEL SECURITY;
ALTER TABLE child_month_summary ENABLE ROW LEVEL SECURITY;
ALTER TABLE child_window_summary ENABLE ROW LEVEL SECURITY;

CREATE POLICY opened ON children FOR SELECT TO smile_query
  USING (coalesce(id = ANY ((SELECT opened_children())::bigint[]), false));
CREATE POLICY opened ON session_events FOR SELECT TO smile_query
  USING (coalesce(child_id = ANY ((SELECT opened_children())::bigint[]), false));
CREATE POLICY opened ON game_sessions FOR SELECT TO smile_query
  USING (coalesce(child_id = ANY ((SELECT opened_children())::bigint[]), false));
CREATE POLICY opened ON activities FOR SELECT TO smile_query
  USING (coalesce(child_id = ANY ((SELECT opened_children())::bigint[]), false));
CREATE POLICY opened ON session_ratings FOR SELECT TO smile_query
  USING (coalesce(child_id = ANY ((SELECT opened_children())::bigint[]), false));
CREATE POLICY opened ON refused_events FOR SELECT TO smile_query
  USING (coalesce(child_id = ANY ((SELECT opened_children())::bigint[]), false));
CREATE POLICY opened ON dirty_child_months FOR SELECT TO smile_query
  USING (coalesce(child_id = ANY ((SELECT opened_children())::bigint[]), false));
CREATE POLICY opened ON child_month_summary FOR SELECT TO smile_query
  USING (coalesce(child_id = ANY ((SELECT opened_children())::bigint[]), false));
CREATE POLICY opened ON child_window_summary FOR SELECT TO smile_query
  USING (coalesce(child_id = ANY ((SELECT opened_children())::bigint[]), false));

-- An account that query-api makes waits for its owner, and is no admin's.
ALTER TABLE auth_users ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON auth_users FOR SELECT TO smile_query USING (true);
CREATE POLICY made ON auth_users FOR INSERT TO smile_query WITH CHECK (role <> 'admin' AND status = 'pending');
CREATE POLICY changed ON auth_users FOR UPDATE TO smile_query USING (true);
