-- So many families, each with one child.
WITH parent AS (
  INSERT INTO auth_users (email, hashed_password, first_name, last_name, role, status, is_verified)
  SELECT 'parent' || n || '@example.org', 'none', 'Parent', 'Bench', 'parent', 'active', true
  FROM generate_series(1, ?) AS n
  ORDER BY n
  RETURNING id
)
INSERT INTO children (name, age, timezone, parent_id)
SELECT 'Child ' || id, 7, (ARRAY['Europe/Rome', 'Europe/London', 'UTC'])[1 + id % 3], id
FROM parent
ORDER BY id
