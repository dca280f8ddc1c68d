-- What a child's sessions and activities add up to: by month, and from the months by window.

-- The months whose summary may be behind their sessions and activities, and the children whose
-- windows may be behind their months. A writer upserts what it touched, with a new version, in the
-- transaction of its write. The job reads versions, computes in a later statement (hence with a later
-- snapshot), and deletes a row only while it still carries the version that was read: what was touched
-- in between stays.
CREATE SEQUENCE dirty_version AS bigint;
CREATE TABLE dirty_child_months (
  child_id   bigint NOT NULL,
  month      date NOT NULL CHECK (extract(day FROM month) = 1),
  version    bigint NOT NULL DEFAULT nextval('dirty_version'),
  marked_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (child_id, month)
);
-- The month that has been dirty the longest is found without reading all that are.
CREATE INDEX idx_dirty_child_months_marked ON dirty_child_months (marked_at);
ALTER TABLE dirty_child_months ENABLE ROW LEVEL SECURITY;
CREATE POLICY opened ON dirty_child_months FOR SELECT TO smile_query
  USING (coalesce(child_id = ANY ((SELECT opened_children())::bigint[]), false));

CREATE TABLE dirty_child_windows (
  child_id   bigint PRIMARY KEY,
  version    bigint NOT NULL DEFAULT nextval('dirty_version'),
  marked_at  timestamptz NOT NULL DEFAULT now()
);

-- A child's month. Sums are exact, so months merge to any window without loss. What the words mean:
-- docs/metrics.md. The columns repeat from `moments` what statements over many rows need.
-- A row that is computed again is written in its place, and its page has room left for that.
CREATE TABLE child_month_summary (
  child_id          bigint NOT NULL,
  month             date NOT NULL CHECK (extract(day FROM month) = 1),
  sessions          int NOT NULL,
  completed         int NOT NULL,
  abandoned         int NOT NULL,
  interrupted       int NOT NULL,
  in_progress       int NOT NULL,
  -- Of completed sessions, as the scores, engagements and success rates.
  duration_seconds  bigint NOT NULL,
  score_n           int NOT NULL,
  score_sum         bigint NOT NULL,
  engagement_n      int NOT NULL,
  engagement_sum    numeric(14,2) NOT NULL,
  success_n         int NOT NULL,
  success_sum       numeric(14,2) NOT NULL,
  activities        int NOT NULL,
  points            int NOT NULL,
  -- The form of `moments`, which only Moments.parse reads. A document of another form is not read: the month is computed anew.
  shape             smallint NOT NULL,
  moments           bytea NOT NULL,
  PRIMARY KEY (child_id, month)
) WITH (fillfactor = 85);
ALTER TABLE child_month_summary ENABLE ROW LEVEL SECURITY;
CREATE POLICY opened ON child_month_summary FOR SELECT TO smile_query
  USING (coalesce(child_id = ANY ((SELECT opened_children())::bigint[]), false));

-- All months of another shape have been marked dirty.
CREATE TABLE summary_shape (
  only_row  boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  shape     smallint NOT NULL
);
INSERT INTO summary_shape (shape) VALUES (0);

-- A child's figures in the windows that end today, as of a day; so that lists and populations need
-- not merge months. They change when one of the child's months does (dirty_child_windows), or when
-- the calendar takes a day out of a window: that happens on due_on.
CREATE TABLE child_window_summary (
  child_id               bigint NOT NULL,
  window_name            text NOT NULL CHECK (window_name IN ('7d', '30d', '90d', '365d', 'all')),
  -- Null: all days.
  first_day              date,
  last_day               date NOT NULL,
  due_on                 date,
  computed_at            timestamptz NOT NULL DEFAULT now(),
  sessions               bigint NOT NULL,
  completed              bigint NOT NULL,
  abandoned              bigint NOT NULL,
  interrupted            bigint NOT NULL,
  score_n                bigint NOT NULL,
  score_mean             float8,
  engagement_n           bigint NOT NULL,
  engagement_mean        float8,
  success_n              bigint NOT NULL,
  success_mean           float8,
  score_trend            text CHECK (score_trend IN ('improving', 'declining', 'stable')),
  engagement_trend       text CHECK (engagement_trend IN ('improving', 'declining', 'stable')),
  risks                  text[] NOT NULL,
  -- Of activities, for the population: how many are verified, tell the state before and after, show a
  -- better state after, show a worse one.
  activities             bigint NOT NULL,
  verified               bigint NOT NULL,
  emotional_n            bigint NOT NULL,
  improvements           bigint NOT NULL,
  deteriorations         bigint NOT NULL,
  -- In which fifth of its cohort the child is, from the lowest to the highest.
  score_fifth            smallint CHECK (score_fifth BETWEEN 1 AND 5),
  engagement_fifth       smallint CHECK (engagement_fifth BETWEEN 1 AND 5),
  PRIMARY KEY (child_id, window_name)
);
CREATE INDEX idx_child_window_summary_due ON child_window_summary (due_on, child_id) WHERE due_on IS NOT NULL;
ALTER TABLE child_window_summary ENABLE ROW LEVEL SECURITY;
CREATE POLICY opened ON child_window_summary FOR SELECT TO smile_query
  USING (coalesce(child_id = ANY ((SELECT opened_children())::bigint[]), false));

-- When the children of a window were last ranked in their cohorts, also those whose own windows had not
-- changed since the time before.
CREATE TABLE cohort_ranking (
  window_name  text PRIMARY KEY,
  ranked_at    timestamptz NOT NULL
);
