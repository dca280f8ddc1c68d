-- A cell of the same children as before goes on as theirs; its id tells that its leaves are the same.
-- A mean's sums are there only if every child of the cell has it.
INSERT INTO population_cell AS p (
  cell_id, topic, leaves, scope, category, published_at, members_since, children, sessions, completed, abandoned, interrupted,
  score_sum, score_sum_sq, engagement_sum, engagement_sum_sq, success_sum, success_sum_sq,
  activities, verified, emotional_n, improvements, deteriorations, effect_mean, effect_sd)
SELECT
  r.cell_id, :topic, r.leaves, r.scope, r.category, now(), now(), count(*),
  sum(t.sessions), sum(t.completed), sum(t.abandoned), sum(t.interrupted),
  CASE WHEN count(t.score) = count(*) THEN sum(t.score) END,
  CASE WHEN count(t.score) = count(*) THEN sum(t.score * t.score) END,
  CASE WHEN count(t.engagement) = count(*) THEN sum(t.engagement) END,
  CASE WHEN count(t.engagement) = count(*) THEN sum(t.engagement * t.engagement) END,
  CASE WHEN count(t.success) = count(*) THEN sum(t.success) END,
  CASE WHEN count(t.success) = count(*) THEN sum(t.success * t.success) END,
  sum(t.activities), sum(t.verified), sum(t.emotional_n), sum(t.improvements), sum(t.deteriorations),
  avg(t.effect), stddev_samp(t.effect)
FROM population_member m
JOIN renewed r ON r.cell_id = m.cell_id
JOIN tonight t ON t.child_id = m.child_id
WHERE m.topic = :topic
GROUP BY r.cell_id
ON CONFLICT (cell_id) DO UPDATE SET
  published_at = excluded.published_at,
  members_since = CASE WHEN (SELECT r.moved FROM renewed r WHERE r.cell_id = p.cell_id)
                       THEN excluded.members_since ELSE p.members_since END,
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
  activities = excluded.activities,
  verified = excluded.verified,
  emotional_n = excluded.emotional_n,
  improvements = excluded.improvements,
  deteriorations = excluded.deteriorations,
  effect_mean = excluded.effect_mean,
  effect_sd = excluded.effect_sd
