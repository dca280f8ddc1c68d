-- PlayReader reads the columns by their places.
SELECT
  a.child_id, a.day, a.activity_type, a.points_earned,
  a.verified_by_parent OR a.verified_by_professional AS verified,
  a.emotional_state_before, a.emotional_state_after, a.anxiety_level_before, a.anxiety_level_after
FROM unnest(:children::bigint[], :firsts::date[], :lasts::date[]) AS r (child_id, first, last)
CROSS JOIN LATERAL (
  SELECT * FROM activities d
  WHERE d.child_id = r.child_id AND d.day BETWEEN r.first AND r.last OFFSET 0) a
