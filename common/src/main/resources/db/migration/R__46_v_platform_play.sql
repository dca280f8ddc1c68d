-- What is told of all children is what their published cells add up to. How many of them are new is told
-- where each cell tells it.
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
