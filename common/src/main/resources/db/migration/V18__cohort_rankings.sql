-- When the children of a window were last ranked in their cohorts: every night, also those whose own
-- windows have not changed since.
CREATE TABLE cohort_ranking (
  window_name  text PRIMARY KEY,
  ranked_at    timestamptz NOT NULL
);
GRANT SELECT ON cohort_ranking TO smile_query;
