-- Ranges of about equally much work, none of which has a block of another's: they would wait for each
-- other. Only where there are fewer blocks than ranges, they are cut between children.
-- A range ends before the next one begins, so that no child is in two of them.
WITH work AS (
  SELECT child_id
  FROM (
    SELECT child_id FROM dirty_child_months WHERE :work = 'MONTHS'
    UNION ALL
    SELECT child_id FROM dirty_child_windows WHERE :work = 'WINDOWS'
  ) dirty
  JOIN v_computed_child USING (child_id)
), cut AS (
  SELECT child_id, ntile(:parts) OVER (ORDER BY child_id) AS part,
         child_id / CASE WHEN (SELECT count(DISTINCT child_id / :size) FROM work) >= :parts
                         THEN :size ELSE 1 END AS unit
  FROM work
), units AS (
  SELECT min(part) AS part, min(child_id) AS first, max(child_id) AS last, count(DISTINCT child_id) AS planned
  FROM cut
  GROUP BY unit
)
SELECT min(first) AS first,
       coalesce(lead(min(first)) OVER (ORDER BY part) - 1, max(last)) AS last,
       sum(planned) AS planned
FROM units
GROUP BY part
ORDER BY part
