-- Of each child and topic the last contributions, as many as days are kept, which is more than any topic
-- has that does not count something new each night. Each night those of some children.
DELETE FROM population_print p
WHERE (p.topic, p.child_id, p.contribution) IN (
  SELECT r.topic, r.child_id, r.contribution
  FROM (
    SELECT o.topic, o.child_id, o.contribution,
           row_number() OVER (PARTITION BY o.topic, o.child_id ORDER BY o.published_at DESC, o.contribution) AS place
    FROM population_print o
    WHERE o.child_id % 28 = extract(day FROM :now::timestamptz)::int % 28
  ) r
  WHERE r.place > extract(epoch FROM :kept::interval) / 86400
  LIMIT :most)
