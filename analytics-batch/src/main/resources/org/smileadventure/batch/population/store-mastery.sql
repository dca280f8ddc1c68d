-- Stores what was fitted tonight, and drops what is due and could not be fitted any more. Returns how many
-- rows that are.
WITH fitted AS (
  INSERT INTO mastery_parameters (scenario, known, learn, guess, slip, fitted_at)
  SELECT *, now()
  FROM unnest(:scenarios::text[], :known::float8[], :learn::float8[], :guess::float8[], :slip::float8[])
  ON CONFLICT (scenario) DO UPDATE SET
    known = excluded.known, learn = excluded.learn, guess = excluded.guess, slip = excluded.slip,
    fitted_at = excluded.fitted_at
  RETURNING scenario
),
dropped AS (
  DELETE FROM mastery_parameters
  WHERE fitted_at <= now() - :pause::interval AND scenario <> ALL (:scenarios::text[])
  RETURNING scenario
)
SELECT (SELECT count(*) FROM fitted) + (SELECT count(*) FROM dropped)
