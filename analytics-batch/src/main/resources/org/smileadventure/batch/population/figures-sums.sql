-- A mean's sums are there only if every child of the cell has it. In the order of the children, so that the
-- same values have the same sum to the last bit.
UPDATE population_cell c SET
  children = s.children, sessions = s.sessions, completed = s.completed, abandoned = s.abandoned, interrupted = s.interrupted,
  score_sum = s.score_sum, score_sum_sq = s.score_sum_sq,
  engagement_sum = s.engagement_sum, engagement_sum_sq = s.engagement_sum_sq,
  success_sum = s.success_sum, success_sum_sq = s.success_sum_sq
FROM (
  SELECT m.cell_id, count(*) AS children, sum(t.sessions) AS sessions, sum(t.completed) AS completed,
         sum(t.abandoned) AS abandoned, sum(t.interrupted) AS interrupted,
         CASE WHEN count(t.score) = count(*) THEN sum(t.score ORDER BY t.child_id) END AS score_sum,
         CASE WHEN count(t.score) = count(*) THEN sum(t.score * t.score ORDER BY t.child_id) END AS score_sum_sq,
         CASE WHEN count(t.engagement) = count(*) THEN sum(t.engagement ORDER BY t.child_id) END AS engagement_sum,
         CASE WHEN count(t.engagement) = count(*) THEN sum(t.engagement * t.engagement ORDER BY t.child_id) END AS engagement_sum_sq,
         CASE WHEN count(t.success) = count(*) THEN sum(t.success ORDER BY t.child_id) END AS success_sum,
         CASE WHEN count(t.success) = count(*) THEN sum(t.success * t.success ORDER BY t.child_id) END AS success_sum_sq
  FROM population_member m
  JOIN tonight t ON t.child_id = m.child_id
  WHERE m.topic = :topic AND m.cell_id = ANY (:published::bigint[])
  GROUP BY m.cell_id
) s
WHERE c.cell_id = s.cell_id
