-- Where a child lives, and what it is called. No row if there is none that the viewer may see.
SELECT a.timezone, c.name
FROM v_child_access a
JOIN children c ON c.id = a.child_id
WHERE a.child_id = :child AND a.user_id = :viewer
LIMIT 1
