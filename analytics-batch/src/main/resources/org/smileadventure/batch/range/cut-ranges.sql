-- A range ends before the next one begins, so that no child is in two of them. What is counted for
-- a range is exact but for a child that fills several of the equal parts.
SELECT first, coalesce(lead(first) OVER (ORDER BY first) - 1, max(last) OVER ()) AS last, planned
FROM (
  SELECT first, max(last) AS last, sum(planned) AS planned
  FROM (
    SELECT min(child_id) AS first, max(child_id) AS last, count(*) AS planned
    FROM (
      SELECT child_id, ntile(:parts) OVER (ORDER BY child_id) AS part
      FROM (
        SELECT child_id FROM dirty_child_days WHERE :work = 'DAYS'
        UNION ALL
        SELECT child_id FROM dirty_child_windows WHERE :work = 'WINDOWS'
      ) work
    ) cut
    GROUP BY part
  ) parts
  GROUP BY first
) ranges
ORDER BY first
