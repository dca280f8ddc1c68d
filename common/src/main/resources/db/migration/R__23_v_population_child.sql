-- The children who are counted in what is said of the population.
CREATE OR REPLACE VIEW v_population_child AS
SELECT id, age, support_level, current_therapies
FROM children
WHERE is_active AND play_consent AND population_consent AND restricted_at IS NULL;
