-- As for the trend, of every child; a child that is gone has no trait that it had.
CREATE TEMP TABLE tonight ON COMMIT DROP AS
SELECT m.child_id, m.leaf || '/' || CASE :topic
  WHEN 'communication_style' THEN coalesce(c.communication_style, 'unspecified')
  WHEN 'therapy_load' THEN
    CASE WHEN jsonb_array_length(c.current_therapies) > 3 THEN 'more_than_three'
         WHEN jsonb_array_length(c.current_therapies) > 0 THEN 'one_to_three' ELSE 'none' END
  WHEN 'safety_protocols' THEN CASE WHEN c.safety_protocols <> '{}' THEN 'documented' ELSE 'missing' END
  WHEN 'elopement_risk' THEN
    CASE WHEN c.safety_protocols ->> 'elopement_risk' IN ('high', 'moderate', 'low', 'none')
         THEN c.safety_protocols ->> 'elopement_risk' ELSE 'unspecified' END
  WHEN 'joined' THEN
    CASE WHEN c.created_at >= now() - interval '30 days' THEN 'last_30_days'
         WHEN c.created_at >= now() - interval '60 days' THEN 'days_31_to_60' ELSE 'earlier' END
  END AS leaf, NULL::bigint AS contribution
FROM population_member m
LEFT JOIN children c ON c.id = m.child_id
WHERE m.topic = 'figures'
