CREATE TEMP TABLE tonight ON COMMIT DROP AS
SELECT t.child_id, t.therapy AS leaf,
       hashtextextended(concat_ws(' ', e.effect, e.variance, e.improved), 3) AS contribution,
       e.effect, e.variance, e.improved
FROM v_treated_child t
JOIN child_treatment_effect e ON e.child_id = t.child_id AND e.therapy = t.therapy AND e.started = t.started
WHERE e.effect IS NOT NULL
