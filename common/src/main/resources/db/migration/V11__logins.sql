-- Who is logged in. A login is a family of refresh tokens, each used once: whoever comes with one that
-- was used has a copy, or the other has, and the login ends.
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
-- Their access tokens are refused until they expire: every instance asks for these again and again.
CREATE INDEX idx_auth_logins_ended ON auth_logins (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX idx_auth_logins_expires ON auth_logins (expires_at);

-- Of a token only its digest is kept.
CREATE TABLE auth_refresh_tokens (
  digest     bytea PRIMARY KEY CHECK (length(digest) = 32),
  login_id   uuid NOT NULL REFERENCES auth_logins ON DELETE CASCADE,
  issued_at  timestamptz NOT NULL,
  used_at    timestamptz
);
CREATE INDEX idx_auth_refresh_tokens_login ON auth_refresh_tokens (login_id);
