-- How fast children learn a scenario: parameters of Bayesian knowledge tracing (docs/metrics.md), fitted over
-- at least 20 children of the population, rounded, and fitted anew only after a quarter of a year.
CREATE TABLE mastery_parameters (
  scenario   text PRIMARY KEY CHECK (length(scenario) BETWEEN 1 AND 200),
  known      numeric(3,2) NOT NULL CHECK (known > 0 AND known < 1),
  learn      numeric(3,2) NOT NULL CHECK (learn > 0 AND learn < 1),
  guess      numeric(3,2) NOT NULL CHECK (guess > 0 AND guess < 0.5),
  slip       numeric(3,2) NOT NULL CHECK (slip > 0 AND slip < 0.5),
  fitted_at  timestamptz NOT NULL
);
