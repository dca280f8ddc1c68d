-- What the devices told, and what it says of each session and activity.

-- The events as they were told, each once. A row has consecutive events of one session that came in
-- one batch; the rows of a session never overlap.
-- A session id is a UUID of version 7 and so begins with the session's start: a partition is a month
-- (UTC), a redelivered event meets its first copy in the same partition, and forgetting a month is
-- dropping a table.
-- There is no foreign key to children: it would cost a look-up for every row, where the writer needs
-- one for every child in a batch.
CREATE TABLE session_events (
  session_id   uuid NOT NULL,
  child_id     bigint NOT NULL,
  first_seq    int NOT NULL CHECK (first_seq >= 1),
  -- The row has every sequence from the first to the last.
  last_seq     int NOT NULL CHECK (last_seq >= first_seq),
  received_at  timestamptz NOT NULL DEFAULT now(),
  -- JSON in UTF-8: [[seq, "type", microseconds since 1970 of the occurrence, {payload}], …] in order.
  events       bytea NOT NULL,
  PRIMARY KEY (session_id, child_id, first_seq)
) PARTITION BY RANGE (session_id);
ALTER TABLE session_events ENABLE ROW LEVEL SECURITY;
CREATE POLICY opened ON session_events FOR SELECT TO smile_query
  USING (coalesce(child_id = ANY ((SELECT opened_children())::bigint[]), false));

-- Sessions of months without a partition: a device's clock is far off. And those that are younger than
-- their ids, when the month of the id is forgotten.
CREATE TABLE session_events_default PARTITION OF session_events DEFAULT;

-- No event is kept of a session with a lesser id, unless the id is of a wrong clock: the time in it is
-- more than 31 days from that of the play. Then the play decides.
CREATE TABLE forgotten_events (
  only_row          boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  least_session_id  uuid NOT NULL
);
INSERT INTO forgotten_events (least_session_id) VALUES ('00000000-0000-0000-0000-000000000000');

-- One row a session: a pure function of its events, of what a parent said of it in the application,
-- and of the child's time zone (for the day). It is there as soon as any event is. It is computed when
-- the session has ended, and again when anything arrives later. While its start is missing, what only
-- the start tells is null, and started_at is the time of the first event that is there. A session whose events are forgotten stays as it is.
-- Documents of emotions and interactions are not kept here: the events are that story.
CREATE TABLE game_sessions (
  id                        uuid NOT NULL,
  child_id                  bigint NOT NULL REFERENCES children,
  session_type              text CHECK (session_type IN ('dental_visit', 'therapy_session', 'social_scenario', 'sensory_exploration', 'daily_routine', 'emergency_preparation')),
  scenario_name             text CHECK (length(scenario_name) BETWEEN 1 AND 200),
  scenario_id               text CHECK (length(scenario_id) <= 100),
  scenario_version          text CHECK (length(scenario_version) <= 20),
  started_at                timestamptz NOT NULL,
  ended_at                  timestamptz,
  day                       date NOT NULL,
  duration_seconds          int CHECK (duration_seconds >= 0),
  pause_count               int NOT NULL DEFAULT 0 CHECK (pause_count >= 0),
  total_pause_duration      int DEFAULT 0 CHECK (total_pause_duration >= 0),
  active_seconds            int CHECK (active_seconds >= 0),
  levels_completed          int NOT NULL DEFAULT 0 CHECK (levels_completed >= 0),
  max_level_reached         int NOT NULL DEFAULT 0 CHECK (max_level_reached >= 0),
  score                     int CHECK (score >= 0),
  interactions_count        int NOT NULL DEFAULT 0 CHECK (interactions_count >= 0),
  correct_responses         int NOT NULL DEFAULT 0 CHECK (correct_responses >= 0),
  incorrect_responses       int NOT NULL DEFAULT 0 CHECK (incorrect_responses >= 0),
  help_requests             int NOT NULL DEFAULT 0 CHECK (help_requests >= 0),
  hint_usage_count          int NOT NULL DEFAULT 0 CHECK (hint_usage_count >= 0),
  success_rate              numeric(5,2) CHECK (success_rate BETWEEN 0 AND 100),
  engagement_score          numeric(5,2) CHECK (engagement_score BETWEEN 0 AND 100),
  help_rate                 numeric(5,4) CHECK (help_rate BETWEEN 0 AND 1),
  hint_rate                 numeric(5,4) CHECK (hint_rate BETWEEN 0 AND 1),
  response_time_p50_ms      int CHECK (response_time_p50_ms >= 0),
  response_time_p90_ms      int CHECK (response_time_p90_ms >= 0),
  initial_emotion           emotional_state,
  final_emotion             emotional_state,
  distress_seconds          int CHECK (distress_seconds >= 0),
  recovery_seconds          numeric(13,3) CHECK (recovery_seconds >= 0),
  emotional_volatility      numeric(13,4) CHECK (emotional_volatility >= 0),
  -- The course of emotions, counted: what the summaries need of it when the events are forgotten.
  emotions                  jsonb CHECK (jsonb_typeof(emotions) = 'object'),
  completion_status         text NOT NULL DEFAULT 'in_progress' CHECK (completion_status IN ('in_progress', 'completed', 'abandoned', 'interrupted')),
  exit_reason               text CHECK (length(exit_reason) <= 100),
  -- Nobody ended the session. Nothing was heard of it for so long that it counts as abandoned.
  closed_by_silence         boolean NOT NULL DEFAULT false,
  next_session_readiness    text GENERATED ALWAYS AS (
    CASE WHEN ended_at IS NULL THEN NULL
         WHEN exit_reason = 'overwhelmed' THEN 'needs_break'
         WHEN completion_status = 'completed' AND parent_rating >= 4 THEN 'ready_for_progression'
         WHEN help_requests > 5 THEN 'needs_support_adjustment'
         ELSE 'ready_for_similar' END) STORED,
  achievements_unlocked     jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(achievements_unlocked) = 'array'),
  progress_markers_hit      jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(progress_markers_hit) = 'array'),
  parent_notes              text CHECK (length(parent_notes) <= 1000),
  parent_rating             int CHECK (parent_rating BETWEEN 1 AND 5),
  parent_observed_behavior  jsonb CHECK (jsonb_typeof(parent_observed_behavior) = 'object'),
  device_type               text CHECK (length(device_type) <= 50),
  device_model              text CHECK (length(device_model) <= 500),
  app_version               text CHECK (length(app_version) <= 20),
  environment_type          text CHECK (length(environment_type) <= 50),
  support_person_present    boolean DEFAULT false,
  session_data_quality      text NOT NULL DEFAULT 'minimal' CHECK (session_data_quality IN ('complete', 'partial', 'minimal')),
  lost_events               int NOT NULL DEFAULT 0 CHECK (lost_events >= 0),
  -- The broken rules between fields, each {"rule", "severity"}. An error means that fields contradict
  -- each other: the figure that rests on them is null (docs/metrics.md).
  data_quality_notes        jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(data_quality_notes) = 'array'),
  created_at                timestamptz NOT NULL DEFAULT now(),
  updated_at                timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (id, child_id),
  CHECK (ended_at >= started_at),
  CHECK (total_pause_duration <= duration_seconds),
  CHECK (correct_responses + incorrect_responses <= interactions_count),
  CHECK ((completion_status = 'in_progress') = (ended_at IS NULL)),
  -- Neither is known where times contradict each other.
  CHECK (duration_seconds IS NULL OR ended_at IS NOT NULL),
  CHECK (active_seconds IS NULL OR duration_seconds IS NOT NULL),
  -- Lest a date that nobody can write down make every answer about the child fail.
  CHECK (day BETWEEN '1999-12-31' AND '9999-12-31'),
  CHECK (NOT closed_by_silence OR completion_status = 'abandoned')
);
CREATE INDEX idx_game_sessions_child_date_range ON game_sessions (child_id, started_at, completion_status);
CREATE INDEX idx_game_sessions_type_completion ON game_sessions (session_type, completion_status, started_at);
CREATE INDEX idx_game_sessions_score_performance ON game_sessions (child_id, score, started_at);
CREATE INDEX idx_game_sessions_duration_engagement ON game_sessions (duration_seconds, interactions_count);
CREATE INDEX idx_game_sessions_scenario_performance ON game_sessions (scenario_id, scenario_version, completion_status);
CREATE INDEX idx_game_sessions_parent_rating ON game_sessions (child_id, parent_rating, started_at);
CREATE INDEX idx_game_sessions_recent ON game_sessions (started_at, child_id);
CREATE INDEX idx_game_sessions_device_env ON game_sessions (device_type, environment_type);
-- A child's day is a range of this index, however long the history.
CREATE INDEX idx_game_sessions_child_day ON game_sessions (child_id, day);
-- The few sessions whose id does not decide when their events are forgotten.
CREATE INDEX idx_game_sessions_wrong_id ON game_sessions (id) WHERE data_quality_notes @> '[{"rule": "id_contradicts_times"}]';
-- The open sessions are few, and only they can fall silent.
CREATE INDEX idx_game_sessions_open ON game_sessions (child_id, created_at) WHERE completion_status = 'in_progress';
ALTER TABLE game_sessions ENABLE ROW LEVEL SECURITY;
CREATE POLICY opened ON game_sessions FOR SELECT TO smile_query
  USING (coalesce(child_id = ANY ((SELECT opened_children())::bigint[]), false));

-- Children with another time zone than before, whose days are to follow. That is done a part at a time,
-- as whoever writes for such a child waits meanwhile.
CREATE TABLE moved_children (
  child_id            bigint PRIMARY KEY REFERENCES children ON DELETE CASCADE,
  moved_at            timestamptz NOT NULL DEFAULT now(),
  -- How far it is.
  last_started_at     timestamptz NOT NULL DEFAULT '-infinity',
  last_session_id     uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  last_completed_at   timestamptz NOT NULL DEFAULT '-infinity',
  last_activity_id    bigint NOT NULL DEFAULT 0
);

-- Long sessions that had ended when something more of them came: computed again a little later, once for
-- all that comes meanwhile.
CREATE TABLE late_sessions (
  session_id  uuid NOT NULL,
  child_id    bigint NOT NULL REFERENCES children ON DELETE CASCADE,
  since       timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (session_id, child_id)
);

-- The events of a child that could not be stored, for whoever sent them and for its parents; what they
-- say is in the quarantine only. The last ones of each child.
CREATE TABLE refused_events (
  child_id          bigint NOT NULL REFERENCES children ON DELETE CASCADE,
  session_id        uuid NOT NULL,
  seq               int NOT NULL,
  type              text NOT NULL,
  reason            text NOT NULL,
  detail            text NOT NULL CHECK (length(detail) <= 500),
  times             int NOT NULL DEFAULT 1,
  first_refused_at  timestamptz NOT NULL DEFAULT now(),
  last_refused_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (child_id, session_id, seq, reason)
);
CREATE INDEX idx_refused_events_child_last ON refused_events (child_id, last_refused_at);
ALTER TABLE refused_events ENABLE ROW LEVEL SECURITY;
CREATE POLICY opened ON refused_events FOR SELECT TO smile_query
  USING (coalesce(child_id = ANY ((SELECT opened_children())::bigint[]), false));

-- What a parent said of a session in the application. The payload is that of parent.rated.
CREATE TABLE session_ratings (
  session_id  uuid NOT NULL,
  child_id    bigint NOT NULL REFERENCES children,
  rated_by    bigint NOT NULL REFERENCES auth_users,
  rated_at    timestamptz NOT NULL DEFAULT now(),
  payload     jsonb NOT NULL CHECK (
    coalesce((payload ->> 'rating')::int BETWEEN 1 AND 5, false)
    AND length(payload ->> 'notes') <= 1000
    AND coalesce(jsonb_typeof(payload -> 'observedBehavior'), 'object') = 'object'),
  PRIMARY KEY (session_id, child_id)
);
CREATE INDEX idx_session_ratings_child ON session_ratings (child_id);
ALTER TABLE session_ratings ENABLE ROW LEVEL SECURITY;
CREATE POLICY opened ON session_ratings FOR SELECT TO smile_query
  USING (coalesce(child_id = ANY ((SELECT opened_children())::bigint[]), false));

-- Tasks of daily life, each from one event. The day is the child's, as a session's is.
CREATE TABLE activities (
  id                           bigint GENERATED ALWAYS AS IDENTITY,
  session_id                   uuid NOT NULL,
  seq                          int NOT NULL,
  child_id                     bigint NOT NULL REFERENCES children,
  activity_type                text NOT NULL CHECK (activity_type IN ('dental_care', 'therapy_session', 'medication', 'exercise', 'social_interaction', 'sensory_break', 'educational', 'free_play')),
  activity_name                text NOT NULL CHECK (length(activity_name) BETWEEN 2 AND 200),
  description                  text CHECK (length(description) <= 1000),
  category                     text CHECK (length(category) <= 50),
  points_earned                int NOT NULL DEFAULT 0 CHECK (points_earned BETWEEN 0 AND 100),
  difficulty_level             int CHECK (difficulty_level BETWEEN 1 AND 5),
  started_at                   timestamptz,
  completed_at                 timestamptz NOT NULL,
  day                          date NOT NULL,
  duration_minutes             int CHECK (duration_minutes BETWEEN 0 AND 480),
  emotional_state_before       emotional_state,
  emotional_state_after        emotional_state,
  anxiety_level_before         int CHECK (anxiety_level_before BETWEEN 1 AND 10),
  anxiety_level_after          int CHECK (anxiety_level_after BETWEEN 1 AND 10),
  support_level_needed         text CHECK (support_level_needed IN ('minimal', 'moderate', 'extensive')),
  support_provided_by          text CHECK (length(support_provided_by) <= 100),
  assistive_technology_used    jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(assistive_technology_used) = 'array'),
  environmental_modifications  jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(environmental_modifications) = 'array'),
  sensory_accommodations       jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(sensory_accommodations) = 'array'),
  challenges_encountered       jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(challenges_encountered) = 'array'),
  strategies_used              jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(strategies_used) = 'array'),
  environment_type             text CHECK (length(environment_type) <= 50),
  completion_status            text NOT NULL DEFAULT 'completed' CHECK (completion_status IN ('completed', 'abandoned', 'interrupted')),
  success_rating               int CHECK (success_rating BETWEEN 1 AND 5),
  notes                        text CHECK (length(notes) <= 1000),
  verified_by_parent           boolean NOT NULL DEFAULT false,
  verified_by_professional     boolean NOT NULL DEFAULT false,
  verification_notes           text,
  data_source                  text NOT NULL DEFAULT 'game' CHECK (data_source IN ('manual', 'game', 'sensor')),
  created_at                   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (child_id, id),
  UNIQUE (child_id, session_id, seq),
  CHECK (day BETWEEN '1999-12-31' AND '9999-12-31')
);
CREATE INDEX idx_activities_child_timeline ON activities (child_id, completed_at, activity_type);
CREATE INDEX idx_activities_type_difficulty ON activities (activity_type, difficulty_level, points_earned);
CREATE INDEX idx_activities_verification ON activities (verified_by_parent, verified_by_professional);
CREATE INDEX idx_activities_child_day ON activities (child_id, day);
ALTER TABLE activities ENABLE ROW LEVEL SECURITY;
CREATE POLICY opened ON activities FOR SELECT TO smile_query
  USING (coalesce(child_id = ANY ((SELECT opened_children())::bigint[]), false));
