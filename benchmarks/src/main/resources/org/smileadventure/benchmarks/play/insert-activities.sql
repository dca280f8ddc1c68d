-- An activity on every fourth day of play, in the order of the days.
INSERT INTO activities (
  session_id, seq, child_id, activity_type, activity_name, points_earned, completed_at, day,
  emotional_state_before, emotional_state_after, anxiety_level_before, anxiety_level_after, verified_by_parent)
SELECT
  uuidv7(), 1, child_id,
  (ARRAY['dental_care', 'therapy_session', 'exercise', 'social_interaction', 'free_play'])[1 + (random() * 4)::int],
  'Activity', (random() * 50)::int, day + time '18:00' AT TIME ZONE 'UTC', day,
  (ARRAY['anxious', 'tired', 'calm', 'frustrated'])[1 + (random() * 3)::int]::emotional_state,
  (ARRAY['calm', 'happy', 'focused', 'tired'])[1 + (random() * 3)::int]::emotional_state,
  3 + (random() * 7)::int, 1 + (random() * 5)::int, random() < 0.5
FROM (
  SELECT child_id, day
  FROM game_sessions
  WHERE day BETWEEN :first::date AND :last::date AND child_id BETWEEN :first_child AND :last_child
  GROUP BY child_id, day
  HAVING random() < 0.25
  ORDER BY day
) played
