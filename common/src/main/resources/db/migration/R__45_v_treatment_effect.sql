CREATE OR REPLACE VIEW v_treatment_effect AS
SELECT category AS therapy_type, published_at, children, effect_mean, effect_sd, effect_low, effect_high
FROM population_cell
WHERE topic = 'treatment';
