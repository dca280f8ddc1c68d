-- Links by which somebody without an account reads the report of a child, such as a dentist. Only the digest
-- of a token is kept.
CREATE TABLE share_links (
  child_id     bigint NOT NULL REFERENCES children ON DELETE CASCADE,
  id           uuid NOT NULL DEFAULT uuidv7(),
  digest       bytea NOT NULL CHECK (length(digest) = 32),
  -- For whom it is, as a guardian calls them.
  label        typed_line NOT NULL CHECK (length(label) <= 100),
  window_name  text NOT NULL CHECK (window_name IN ('7d', '30d', '90d', '365d', 'all')),
  language     text NOT NULL CHECK (language ~ '^[a-z]{2}(-[A-Z]{2})?$'),
  made_by      bigint NOT NULL REFERENCES auth_users,
  made_at      timestamptz NOT NULL DEFAULT now(),
  ends_at      timestamptz NOT NULL,
  revoked_at   timestamptz,
  PRIMARY KEY (child_id, id),
  CHECK (ends_at > made_at AND ends_at <= made_at + interval '720 hours')
);
-- Not unique, as each unique key has the child in it; two tokens of 256 random bits are not alike.
CREATE INDEX idx_share_links_digest ON share_links (digest);
CREATE INDEX idx_share_links_made_by ON share_links (made_by);
CREATE INDEX idx_share_links_ends ON share_links (ends_at);

-- Each look by a link. Who it was is not known.
CREATE TABLE share_looks (
  child_id  bigint NOT NULL,
  share     uuid NOT NULL,
  id        bigint GENERATED ALWAYS AS IDENTITY,
  at        timestamptz NOT NULL,
  what      text NOT NULL CHECK (what IN ('report', 'pdf', 'picture')),
  PRIMARY KEY (child_id, share, id),
  FOREIGN KEY (child_id, share) REFERENCES share_links ON DELETE CASCADE
);

ALTER TABLE share_links ENABLE ROW LEVEL SECURITY;
ALTER TABLE share_looks ENABLE ROW LEVEL SECURITY;
CREATE POLICY opened ON share_links FOR SELECT TO smile_query
  USING (coalesce(child_id = ANY ((SELECT opened_children())::bigint[]), false));
CREATE POLICY opened ON share_looks FOR SELECT TO smile_query
  USING (coalesce(child_id = ANY ((SELECT opened_children())::bigint[]), false));
