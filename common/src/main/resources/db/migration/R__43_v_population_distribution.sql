-- Each shown category of a cell's children, with the 95 % interval of its share after Wilson. It is there
-- only if it is of the very children that the cell is of, each of them in one category or another: of
-- others, it would tell how many came or went.
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
