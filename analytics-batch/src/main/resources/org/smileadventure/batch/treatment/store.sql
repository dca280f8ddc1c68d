INSERT INTO child_treatment_effect (child_id, therapy, started, effect, variance, improved)
SELECT *
FROM unnest(:children::bigint[], :therapies::text[], :starts::date[], :effects::float8[], :variances::float8[],
            :improved::boolean[])
ON CONFLICT (child_id) DO UPDATE SET
  (therapy, started, effect, variance, improved, computed_at)
    = (excluded.therapy, excluded.started, excluded.effect, excluded.variance, excluded.improved, now())
