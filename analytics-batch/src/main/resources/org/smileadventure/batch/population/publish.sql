-- A mean's sums are there only if every child of the cell has it.
INSERT INTO population_cell (
  cell_id, topic, leaves, scope, category, published_at, children, sessions, completed, abandoned, interrupted,
  score_sum, score_sum_sq, engagement_sum, engagement_sum_sq, success_sum, success_sum_sq, effect_mean, effect_sd)
SELECT
  r.cell_id, :topic, r.leaves, r.scope, r.category, now(), count(*),
  sum(t.sessions), sum(t.completed), sum(t.abandoned), sum(t.interrupted),
  CASE WHEN count(t.score) = count(*) THEN sum(t.score) END,
  CASE WHEN count(t.score) = count(*) THEN sum(t.score * t.score) END,
  CASE WHEN count(t.engagement) = count(*) THEN sum(t.engagement) END,
  CASE WHEN count(t.engagement) = count(*) THEN sum(t.engagement * t.engagement) END,
  CASE WHEN count(t.success) = count(*) THEN sum(t.success) END,
  CASE WHEN count(t.success) = count(*) THEN sum(t.success * t.success) END,
  avg(t.effect), stddev_samp(t.effect)
FROM population_member m
JOIN renewed r ON r.cell_id = m.cell_id
JOIN tonight t ON t.child_id = m.child_id
WHERE m.topic = :topic
GROUP BY r.cell_id
ON CONFLICT (cell_id) DO UPDATE SET
  published_at = excluded.published_at,
  children = excluded.children,
  sessions = excluded.sessions,
  completed = excluded.completed,
  abandoned = excluded.abandoned,
  interrupted = excluded.interrupted,
  score_sum = excluded.score_sum,
  score_sum_sq = excluded.score_sum_sq,
  engagement_sum = excluded.engagement_sum,
  engagement_sum_sq = excluded.engagement_sum_sq,
  success_sum = excluded.success_sum,
  success_sum_sq = excluded.success_sum_sq,
  effect_mean = excluded.effect_mean,
  effect_sd = excluded.effect_sd
