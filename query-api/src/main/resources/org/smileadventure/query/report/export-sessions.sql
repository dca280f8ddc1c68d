-- Sessions of a child by id, after the last one of the page before: nothing else of a session stays
-- as it is. The ids are read first, by the child's index: for a page the planner would rather search
-- the whole table in the order of the ids.
WITH own AS MATERIALIZED (
  SELECT id FROM game_sessions WHERE child_id = :child AND id > :after::uuid
), page AS MATERIALIZED (
  SELECT id FROM own ORDER BY id LIMIT 500
)
SELECT g.id AS key, 0 AS seq,
       CASE WHEN :notes THEN to_jsonb(g) ELSE to_jsonb(g) - 'parent_notes' - 'parent_observed_behavior' END AS document
FROM page
JOIN game_sessions g ON g.id = page.id AND g.child_id = :child
ORDER BY g.id
