-- The children of a cell, each with a weight of 1 ÷ (variance + tau²). In their order, so that the same
-- values have the same sum to the last bit.
SELECT count(*) AS n, sum(w ORDER BY child_id) AS weight, sum(w * w ORDER BY child_id) AS squared_weight,
       sum(w * effect ORDER BY child_id) AS effect, sum(w * effect * effect ORDER BY child_id) AS squared_effect
FROM (
  SELECT t.child_id, t.effect, 1 / (t.variance + :tau2) AS w
  FROM population_member m
  JOIN tonight t ON t.child_id = m.child_id
  WHERE m.topic = 'treatment' AND m.cell_id = :cell
) weighted
