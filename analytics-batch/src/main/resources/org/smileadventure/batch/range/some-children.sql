-- As many places as asked for, or fewer, each with its neighbours up to the next place.
WITH ends AS (
  SELECT min(id) AS first, max(id) AS last FROM children
)
SELECT first, last, (SELECT count(*) FROM children WHERE id BETWEEN first AND last) AS planned
FROM (
  SELECT first, least(lead(first) OVER (ORDER BY first), first + :neighbours) - 1 AS last
  FROM (
    SELECT DISTINCT e.first + floor(random() * (e.last - e.first + 1))::bigint AS first
    FROM ends e, generate_series(1, :places)
    WHERE e.first IS NOT NULL
  ) places
) ranges
ORDER BY first
