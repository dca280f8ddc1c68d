-- More of what is said about the population: of the daily-life activities that are recorded, and
-- which traits children have. The rules are those of docs/privacy.md.

ALTER TABLE population_cell
  DROP CONSTRAINT population_cell_topic_check,
  ADD CONSTRAINT population_cell_topic_check CHECK (topic IN (
    'figures', 'score_trend', 'distress_rising', 'play_dropped',
    'abandonment_high', 'long_silence', 'overwhelmed_exits', 'treatment',
    'activities', 'communication_style', 'therapy_load', 'safety_protocols', 'elopement_risk', 'joined')),
  -- Of activities: of the window's, of all children of the cell.
  ADD COLUMN activities bigint,
  ADD COLUMN verified bigint,
  ADD COLUMN emotional_n bigint,
  ADD COLUMN improvements bigint,
  ADD COLUMN deteriorations bigint;

CREATE VIEW v_population_activity AS
SELECT leaves, published_at, children, activities, verified, emotional_n, improvements, deteriorations
FROM population_cell
WHERE topic = 'activities';

CREATE OR REPLACE VIEW v_population_distribution AS
SELECT d.topic, d.scope, d.category, d.published_at, d.children, d.of_children, d.share,
       (d.share + z2 / (2 * n) - z * sqrt(d.share * (1 - d.share) / n + z2 / (4 * n * n))) / (1 + z2 / n) AS share_low,
       (d.share + z2 / (2 * n) + z * sqrt(d.share * (1 - d.share) / n + z2 / (4 * n * n))) / (1 + z2 / n) AS share_high
FROM (SELECT topic, scope, category, published_at, children,
             (sum(children) OVER whole)::bigint                AS of_children,
             children::float8 / (sum(children) OVER whole)     AS share,
             (sum(children) OVER whole)::float8                AS n,
             sum(cardinality(leaves)) OVER whole               AS leaves_of_all
      FROM population_cell
      WHERE scope IS NOT NULL
      WINDOW whole AS (PARTITION BY topic, scope)) d,
     (SELECT 1.959963984540054::float8 AS z, 1.959963984540054::float8 ^ 2 AS z2) normal,
     population_cell f
WHERE f.topic = 'figures' AND f.leaves = d.scope
  AND f.members_since <= d.published_at AND f.children = d.of_children
  AND d.category IS NOT NULL
  AND d.leaves_of_all = cardinality(d.scope) * CASE d.topic
    WHEN 'communication_style' THEN 5 WHEN 'elopement_risk' THEN 5
    WHEN 'score_trend' THEN 4
    WHEN 'therapy_load' THEN 3 WHEN 'joined' THEN 3
    ELSE 2 END;

CREATE OR REPLACE VIEW v_population_insight AS
SELECT CASE WHEN category = 'improving' THEN 'accelerated_progress'
            WHEN category = 'declining' THEN 'progress_concerns'
            WHEN topic IN ('play_dropped', 'long_silence') THEN 'low_engagement'
            WHEN topic = 'elopement_risk' THEN 'high_elopement_risk'
            WHEN topic = 'safety_protocols' THEN 'incomplete_safety_documentation'
            WHEN category = 'none' THEN 'without_active_therapies'
            WHEN category = 'more_than_three' THEN 'high_therapy_load'
            ELSE topic END AS insight,
       CASE WHEN category IN ('improving', 'more_than_three') THEN 'low'
            WHEN topic = 'elopement_risk' OR share_low > 0.3 THEN 'high' ELSE 'medium' END AS priority,
       topic AS rests_on, category, scope, published_at, children, of_children, share, share_low, share_high
FROM v_population_distribution
WHERE share_low > 0.1
  AND (category IN ('improving', 'declining', 'holds')
       OR (topic, category) IN (
         ('elopement_risk', 'high'), ('safety_protocols', 'missing'),
         ('therapy_load', 'none'), ('therapy_load', 'more_than_three')));

-- How many of all children are new is told where each cell tells it.
CREATE OR REPLACE VIEW v_platform_play AS
SELECT coalesce(sum(children), 0)::bigint AS children,
       (coalesce(sum(children) FILTER (WHERE score_sum IS NOT NULL), 0))::bigint AS playing_children,
       coalesce(sum(sessions), 0)::bigint AS sessions,
       coalesce(sum(completed), 0)::bigint AS completed,
       100.0 * sum(completed) / nullif(sum(completed + abandoned + interrupted), 0) AS completion_rate,
       min(published_at) AS oldest_published_at,
       CASE WHEN count(*) = (SELECT count(*) FROM v_population_distribution
                             WHERE topic = 'joined' AND category = 'last_30_days')
            THEN (SELECT sum(children)::bigint FROM v_population_distribution
                  WHERE topic = 'joined' AND category = 'last_30_days') END AS new_children,
       (SELECT sum(activities)::bigint FROM v_population_activity) AS activities,
       (SELECT 100.0 * sum(verified) / nullif(sum(activities), 0) FROM v_population_activity) AS verification_rate
FROM population_cell
WHERE topic = 'figures';

-- Of any number of days, hence asked of the accounts themselves.
DROP VIEW v_platform_users;

GRANT SELECT ON v_population_activity TO smile_query;
