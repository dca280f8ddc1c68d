-- As for the trend, of every child.
CREATE TEMP TABLE tonight ON COMMIT DROP AS
SELECT m.child_id, m.leaf || '/' || CASE WHEN p.id IS NULL THEN split_part(was.leaf, '/', -1) ELSE CASE :topic
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
  END END AS leaf, NULL::bigint AS contribution
FROM population_member m
LEFT JOIN v_population_child p ON p.id = m.child_id
LEFT JOIN children c ON c.id = p.id
LEFT JOIN population_member was ON was.topic = :topic AND was.child_id = m.child_id
WHERE m.topic = 'figures' AND (p.id IS NOT NULL OR was.child_id IS NOT NULL)
