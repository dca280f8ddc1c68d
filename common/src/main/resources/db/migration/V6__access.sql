-- Who is logged in, and whose cached answers have to go.

-- A login is a family of refresh tokens, each used once. One that comes a second time has been copied: the
-- login ends.
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
