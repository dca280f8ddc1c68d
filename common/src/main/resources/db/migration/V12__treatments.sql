-- What changed for a child with a therapy, as the statistics of two phases tell it (docs/metrics.md). Of
-- children in one therapy only. Effect and variance are null where there are too few sessions, so that
-- nobody looks again before something has changed.
CREATE TABLE child_treatment_effect (
  child_id     bigint PRIMARY KEY,
  therapy      text NOT NULL,
  started      date NOT NULL,
  effect       float8,
  variance     float8 CHECK (variance > 0),
  -- Whether it became better, and that is sure.
  improved     boolean,
  computed_at  timestamptz NOT NULL DEFAULT now(),
  CHECK (num_nulls(effect, variance, improved) IN (0, 3))
);

-- Cells of the effect that was told before, in points a week, go as a whole: nobody's figures can be had
-- from a difference to them.
DELETE FROM population_member WHERE topic = 'treatment';
DELETE FROM population_cell WHERE topic = 'treatment';

-- Of treatment: effect_mean with its interval is of the mean, effect_sd how far the children's true
-- effects are apart. improved is there where at least ten did, and ten did not.
ALTER TABLE population_cell
  ADD COLUMN new_child_low   float8,
  ADD COLUMN new_child_high  float8,
  ADD COLUMN heterogeneity   float8,
  ADD COLUMN improved        bigint CHECK (improved >= 10 AND children - improved >= 10);
