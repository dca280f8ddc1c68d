CREATE OR REPLACE VIEW v_population_activity AS
SELECT leaves, published_at, children, activities, verified, emotional_n, improvements, deteriorations
FROM population_cell
WHERE topic = 'activities';
