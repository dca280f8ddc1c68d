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

-- A role belongs to the whole server: another database may have made it, even just now.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'smile_query') THEN
    CREATE ROLE smile_query NOLOGIN;
    GRANT smile_query TO CURRENT_USER WITH SET TRUE;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;

-- The children that this transaction may read.
CREATE FUNCTION opened_children() RETURNS bigint[]
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN string_to_array(nullif(current_setting('smile.children', true), ''), ',')::bigint[];

-- Everything about a child is behind the wall. The owner of the tables (the writers and the jobs) is
-- not held up. The policies say coalesce for the planner: it would take two conditions on the child
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
GRANT SELECT ON
  children, session_events, game_sessions, activities, session_ratings, refused_events,
  dirty_child_months, child_month_summary, child_window_summary TO smile_query;

-- What is no child's: accounts and who is assigned to whom, how far the jobs are, and the notes on what
-- is to be invalidated.
GRANT SELECT, INSERT, UPDATE ON auth_users, patient_assignments TO smile_query;
GRANT SELECT, INSERT, UPDATE, DELETE ON auth_logins, auth_refresh_tokens, pending_invalidation TO smile_query;
GRANT SELECT ON forgotten_events, consumer_lag, cohort_ranking TO smile_query;

-- PostgreSQL counts everybody's statements, but shows others' to this role only.
GRANT pg_read_all_stats TO smile_query;
