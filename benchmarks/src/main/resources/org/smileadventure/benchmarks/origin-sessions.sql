-- Whole rows of all sessions of a child, as an object mapper loads them.
SELECT
  g.*,
  jsonb_array_length(achievements_unlocked) AS achievements,
  (initial_emotion IS NOT NULL)::int + (final_emotion IS NOT NULL)::int AS states_told,
  (emotions -> 'observations')::int AS observations,
  (emotions -> 'into_distress')::int AS into_distress,
  emotions IS NOT NULL AND emotions -> 'strategies' IS NULL AS unaided
FROM game_sessions g
WHERE child_id = ?
ORDER BY child_id, day
