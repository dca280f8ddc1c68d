-- How many sessions do not hold what their events say, in figures that can be folded?
SELECT count(*)
FROM game_sessions g
JOIN (
  SELECT session_id,
         count(*) FILTER (WHERE type = 'interaction.recorded') AS interactions,
         count(*) FILTER (WHERE type = 'help.requested') AS helps,
         count(*) FILTER (WHERE type = 'session.ended') AS ends
  FROM session_events
  GROUP BY session_id
) e ON e.session_id = g.id
WHERE (g.interactions_count, g.help_requests, (g.ended_at IS NOT NULL)::int)
      IS DISTINCT FROM (e.interactions, e.helps, e.ends)
