-- What begins on a day: therapy, a new scenario. Figures before it and after it can be held against each
-- other.
CREATE TABLE child_phases (
  child_id  bigint NOT NULL REFERENCES children ON DELETE CASCADE,
  id        uuid NOT NULL DEFAULT uuidv7(),
  day       date NOT NULL CHECK (day BETWEEN '2000-01-01' AND '9999-12-31'),
  kind      text NOT NULL CHECK (kind IN ('therapy', 'scenario', 'other')),
  label     typed_line NOT NULL CHECK (length(label) <= 100),
  made_by   bigint NOT NULL,
  made_as   text NOT NULL CHECK (made_as IN ('parent', 'professional')),
  made_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (child_id, id)
);

ALTER TABLE child_phases ENABLE ROW LEVEL SECURITY;
CREATE POLICY opened ON child_phases FOR SELECT TO smile_query
  USING (coalesce(child_id = ANY ((SELECT opened_children())::bigint[]), false));
