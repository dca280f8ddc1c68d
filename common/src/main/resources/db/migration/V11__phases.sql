-- A phase has a last day; null: it goes on. Kinds: what comes before all, and what else there is.
ALTER TABLE child_phases
  ADD COLUMN until date CHECK (until BETWEEN '2000-01-01' AND '9999-12-31'),
  ADD COLUMN version bigint NOT NULL DEFAULT 0,
  ADD CONSTRAINT child_phases_ends_after_it_begins CHECK (until >= day),
  DROP CONSTRAINT child_phases_kind_check,
  ADD CONSTRAINT child_phases_kind_check
    CHECK (kind IN ('baseline', 'therapy', 'medication', 'scenario', 'holiday', 'other'));

-- It takes the last day too, now.
DROP FUNCTION IF EXISTS add_phase(bigint, bigint, date, text, text);
