CREATE OR REPLACE VIEW v_treatment_effect AS
SELECT category AS therapy_type, published_at, children, effect_mean, effect_sd, effect_low, effect_high,
       new_child_low, new_child_high, heterogeneity, improved::float8 / children AS improved_share
FROM population_cell
WHERE topic = 'treatment';
