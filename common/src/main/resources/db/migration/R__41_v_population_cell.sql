CREATE OR REPLACE VIEW v_population_cell AS
SELECT leaves, published_at, children, sessions, completed, abandoned, interrupted,
       score_sum, score_sum_sq, engagement_sum, engagement_sum_sq, success_sum, success_sum_sq
FROM population_cell
WHERE topic = 'figures';
