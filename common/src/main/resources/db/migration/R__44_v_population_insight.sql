-- What is notable about a cell: the share of its children to whom it applies, surely more than a tenth
-- of them; urgent if it is surely more than three tenths.
CREATE OR REPLACE VIEW v_population_insight AS
SELECT CASE WHEN category = 'improving' THEN 'accelerated_progress'
            WHEN category = 'declining' THEN 'progress_concerns'
            WHEN topic IN ('play_dropped', 'long_silence') THEN 'low_engagement'
            WHEN topic = 'elopement_risk' THEN 'high_elopement_risk'
            WHEN topic = 'safety_protocols' THEN 'incomplete_safety_documentation'
            WHEN category = 'none' THEN 'without_active_therapies'
            WHEN category = 'more_than_three' THEN 'high_therapy_load'
            ELSE topic END AS insight,
       CASE WHEN category IN ('improving', 'more_than_three') THEN 'low'
            WHEN topic = 'elopement_risk' OR share_low > 0.3 THEN 'high' ELSE 'medium' END AS priority,
       topic AS rests_on, category, scope, published_at, children, of_children, share, share_low, share_high
FROM v_population_distribution
WHERE share_low > 0.1
  AND (category IN ('improving', 'declining', 'holds')
       OR (topic, category) IN (
         ('elopement_risk', 'high'), ('safety_protocols', 'missing'),
         ('therapy_load', 'none'), ('therapy_load', 'more_than_three')));
