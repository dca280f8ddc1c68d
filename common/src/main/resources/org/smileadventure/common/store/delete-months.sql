-- Summaries of months of which nothing is left.
DELETE FROM child_month_summary s
USING unnest(:children::bigint[], :firsts::date[], :lasts::date[]) AS r (child_id, first, last)
WHERE s.child_id = r.child_id AND s.month BETWEEN r.first AND r.last
  AND (s.child_id, s.month) NOT IN (SELECT * FROM unnest(:month_children::bigint[], :months::date[]))
