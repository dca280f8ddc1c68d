-- What families do with their accounts, children and devices.

-- Links that are mailed, each good for one use. Only the digest of a token is kept.
CREATE TABLE account_links (
  digest      bytea PRIMARY KEY CHECK (length(digest) = 32),
  user_id     bigint NOT NULL REFERENCES auth_users ON DELETE CASCADE,
  purpose     text NOT NULL CHECK (purpose IN ('verify', 'password')),
  created_at  timestamptz NOT NULL DEFAULT now(),
  expires_at  timestamptz NOT NULL,
  used_at     timestamptz
);
CREATE INDEX idx_account_links_user ON account_links (user_id);
CREATE INDEX idx_account_links_expires ON account_links (expires_at);

-- Mail that is to be sent, written in the transaction of what it tells about. What was sent is deleted:
-- a link in it is a key.
CREATE TABLE outgoing_mail (
  id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id          bigint REFERENCES auth_users ON DELETE CASCADE,
  child            bigint REFERENCES children ON DELETE CASCADE,
  recipient        text NOT NULL CHECK (length(recipient) <= 254),
  subject          text NOT NULL CHECK (length(subject) <= 200),
  body             text NOT NULL CHECK (length(body) <= 10000),
  created_at       timestamptz NOT NULL DEFAULT now(),
  attempts         int NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  next_attempt_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_outgoing_mail_due ON outgoing_mail (next_attempt_at);

-- Guardians beside children.parent_id.
CREATE TABLE guardians (
  child_id  bigint NOT NULL REFERENCES children ON DELETE CASCADE,
  user_id   bigint NOT NULL REFERENCES auth_users,
  added_by  bigint NOT NULL,
  since     timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (child_id, user_id)
);
CREATE INDEX idx_guardians_user ON guardians (user_id);
ALTER TABLE guardians ENABLE ROW LEVEL SECURITY;
CREATE POLICY opened ON guardians FOR SELECT TO smile_query
  USING (coalesce(child_id = ANY ((SELECT opened_children())::bigint[]), false));

-- Somebody is asked by mail to become a guardian, or to take over as the parent.
CREATE TABLE guardian_invitations (
  child_id     bigint NOT NULL REFERENCES children ON DELETE CASCADE,
  id           uuid NOT NULL DEFAULT uuidv7(),
  digest       bytea NOT NULL CHECK (length(digest) = 32),
  kind         text NOT NULL CHECK (kind IN ('guardian', 'transfer')),
  email        text NOT NULL CHECK (length(email) <= 254),
  invited_by   bigint NOT NULL REFERENCES auth_users,
  invited_at   timestamptz NOT NULL DEFAULT now(),
  expires_at   timestamptz NOT NULL,
  accepted_at  timestamptz,
  accepted_by  bigint,
  revoked_at   timestamptz,
  PRIMARY KEY (child_id, id)
);
CREATE INDEX idx_guardian_invitations_digest ON guardian_invitations (digest);
ALTER TABLE guardian_invitations ENABLE ROW LEVEL SECURITY;
CREATE POLICY opened ON guardian_invitations FOR SELECT TO smile_query
  USING (coalesce(child_id = ANY ((SELECT opened_children())::bigint[]), false));

-- Who changed what of a child. By trigger, so that no way to change a child goes round it.
CREATE TABLE child_changes (
  child_id    bigint NOT NULL REFERENCES children ON DELETE CASCADE,
  id          bigint GENERATED ALWAYS AS IDENTITY,
  changed_at  timestamptz NOT NULL DEFAULT now(),
  changed_by  bigint,
  field       text NOT NULL,
  old_value   jsonb,
  new_value   jsonb,
  PRIMARY KEY (child_id, id)
);
ALTER TABLE child_changes ENABLE ROW LEVEL SECURITY;
CREATE POLICY opened ON child_changes FOR SELECT TO smile_query
  USING (coalesce(child_id = ANY ((SELECT opened_children())::bigint[]), false));

-- What is so from a day on: therapy, a new scenario. Figures before it and after it can be held against each
-- other.
CREATE TABLE child_phases (
  child_id  bigint NOT NULL REFERENCES children ON DELETE CASCADE,
  id        uuid NOT NULL DEFAULT uuidv7(),
  day       date NOT NULL CHECK (day BETWEEN '2000-01-01' AND '9999-12-31'),
  -- The last day; null: it goes on.
  until     date CHECK (until BETWEEN '2000-01-01' AND '9999-12-31'),
  kind      text NOT NULL CHECK (kind IN ('baseline', 'therapy', 'medication', 'scenario', 'holiday', 'other')),
  label     typed_line NOT NULL CHECK (length(label) <= 100),
  made_by   bigint NOT NULL,
  made_as   text NOT NULL CHECK (made_as IN ('parent', 'professional')),
  made_at   timestamptz NOT NULL DEFAULT now(),
  version   bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (child_id, id),
  CONSTRAINT child_phases_ends_after_it_begins CHECK (until >= day)
);
ALTER TABLE child_phases ENABLE ROW LEVEL SECURITY;
CREATE POLICY opened ON child_phases FOR SELECT TO smile_query
  USING (coalesce(child_id = ANY ((SELECT opened_children())::bigint[]), false));

-- Each word about what may be done with a child's data; the last one for a purpose and a recipient
-- counts. Rows are never changed.
CREATE TABLE consents (
  child_id      bigint NOT NULL REFERENCES children ON DELETE CASCADE,
  id            bigint GENERATED ALWAYS AS IDENTITY,
  purpose       text NOT NULL CHECK (purpose IN (
    'play_analytics', 'professional_sharing', 'population_figures', 'research_export', 'record_store')),
  -- The professional; null: nobody by name.
  recipient     bigint REFERENCES auth_users,
  granted       boolean NOT NULL,
  given_by      bigint NOT NULL,
  given_at      timestamptz NOT NULL DEFAULT now(),
  text_version  text NOT NULL CHECK (length(text_version) BETWEEN 1 AND 20),
  given_how     text NOT NULL CHECK (given_how IN ('api', 'paper')),
  PRIMARY KEY (child_id, id),
  CHECK ((purpose = 'professional_sharing') = (recipient IS NOT NULL))
);
CREATE INDEX idx_consents_last ON consents (child_id, purpose, recipient, id DESC);
CREATE INDEX idx_consents_recipient ON consents (recipient) WHERE recipient IS NOT NULL;
ALTER TABLE consents ENABLE ROW LEVEL SECURITY;
CREATE POLICY opened ON consents FOR SELECT TO smile_query
  USING (coalesce(child_id = ANY ((SELECT opened_children())::bigint[]), false));

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
ALTER TABLE share_links ENABLE ROW LEVEL SECURITY;
CREATE POLICY opened ON share_links FOR SELECT TO smile_query
  USING (coalesce(child_id = ANY ((SELECT opened_children())::bigint[]), false));

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
ALTER TABLE share_looks ENABLE ROW LEVEL SECURITY;
CREATE POLICY opened ON share_looks FOR SELECT TO smile_query
  USING (coalesce(child_id = ANY ((SELECT opened_children())::bigint[]), false));

-- What a parent calls a device, and the token that it has.
CREATE TABLE devices (
  jti         uuid PRIMARY KEY,
  user_id     bigint NOT NULL REFERENCES auth_users,
  name        typed_line NOT NULL CHECK (length(name) <= 100),
  children    bigint[] NOT NULL,
  issued_at   timestamptz NOT NULL DEFAULT now(),
  expires_at  timestamptz NOT NULL,
  revoked_at  timestamptz,
  revoked_by  bigint
);
CREATE INDEX idx_devices_user ON devices (user_id, issued_at);
CREATE INDEX idx_devices_children ON devices USING gin (children);
CREATE INDEX idx_devices_expires ON devices (expires_at);

-- What is not accepted any more, though its token says otherwise: all services ask what is new here
-- several times a second, and nobody asks for each request. A subject is login:UUID, device:UUID (its
-- jti), user:ID (a suspended or closed account), child:ID (erased), jti:TEXT or sid:TEXT (of an outside
-- issuer).
CREATE TABLE revocations (
  subject     text PRIMARY KEY CHECK (subject ~ '^(login|device|user|child|jti|sid):.+' AND length(subject) <= 300),
  -- False: it is accepted again.
  revoked     boolean NOT NULL DEFAULT true,
  changed_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- When the last token for it expires: from then on nobody needs to know.
  until       timestamptz NOT NULL
);
CREATE INDEX idx_revocations_changed ON revocations (changed_at);
CREATE INDEX idx_revocations_until ON revocations (until);
