-- Months of children with the document of their summary; null where it does not count, because the
-- month is dirty or the document is of another shape.
SELECT r.child_id, m.month, m.moments
FROM unnest(:children::bigint[], :firsts::date[], :lasts::date[]) AS r (child_id, first, last)
CROSS JOIN LATERAL (
  SELECT s.month, CASE WHEN s.shape = :shape THEN s.moments END AS moments
  FROM child_month_summary s
  WHERE s.child_id = r.child_id AND s.month BETWEEN r.first AND r.last
    AND NOT EXISTS (SELECT FROM dirty_child_months d WHERE d.child_id = s.child_id AND d.month = s.month)
  UNION ALL
  SELECT d.month, NULL
  FROM dirty_child_months d
  WHERE d.child_id = r.child_id AND d.month BETWEEN r.first AND r.last
  OFFSET 0) m
