-- All that is kept of a child itself. No row if there is none that the viewer may see.
SELECT to_jsonb(c)
FROM children c
WHERE c.id = :child
  AND EXISTS (SELECT FROM v_child_access a WHERE a.child_id = c.id AND a.user_id = :viewer)
