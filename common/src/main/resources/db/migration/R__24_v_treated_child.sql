-- Children in exactly one therapy, so that the therapies are a partition and no difference between two
-- of them is that of a few children in both. Those who are counted in what is said of the population.
CREATE OR REPLACE VIEW v_treated_child AS
SELECT child_id, therapy, started
FROM (
  SELECT c.id AS child_id,
         CASE lower(btrim(a.therapy ->> 'type')) WHEN 'aba' THEN 'ABA' ELSE initcap(btrim(a.therapy ->> 'type')) END AS therapy,
         told_day(a.therapy ->> 'start_date') AS started
  FROM v_population_child c
  CROSS JOIN LATERAL (SELECT c.current_therapies -> 0 AS therapy) a
  WHERE jsonb_array_length(c.current_therapies) = 1
    AND jsonb_typeof(a.therapy -> 'type') = 'string' AND btrim(a.therapy ->> 'type') <> ''
) t
-- Half a year is taken from it, and added.
WHERE started BETWEEN '2000-01-01' AND '9000-01-01';
