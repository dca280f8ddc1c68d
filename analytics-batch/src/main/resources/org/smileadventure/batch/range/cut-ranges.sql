-- A range ends before the next one begins, so that no child is in two of them.
SELECT first, coalesce(lead(first) OVER (ORDER BY first) - 1, greatest) AS last
FROM (
  SELECT DISTINCT min(child_id) AS first, max(max(child_id)) OVER () AS greatest
  FROM (
    SELECT child_id, ntile(:parts) OVER (ORDER BY child_id) AS part
    FROM (
      SELECT child_id FROM dirty_child_days WHERE :work = 'DAYS'
      UNION ALL
      SELECT child_id FROM dirty_child_windows WHERE :work = 'WINDOWS'
    ) work
  ) cut
  GROUP BY part
) cuts
ORDER BY first
