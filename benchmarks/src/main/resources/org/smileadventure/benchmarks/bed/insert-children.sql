-- So many more families, each with one child.
WITH parent AS (
  INSERT INTO auth_users (email, hashed_password, first_name, last_name, role, status, is_verified)
  SELECT 'parent' || (SELECT count(*) FROM auth_users) + n || '@example.org', 'none', 'Parent', 'Bench', 'parent', 'active', true
  FROM generate_series(1, ?) AS n
  ORDER BY n
  RETURNING id
), child AS (
  INSERT INTO children (name, age, timezone, parent_id)
  SELECT 'Child ' || id, 7, (ARRAY['Europe/Rome', 'Europe/London', 'UTC'])[1 + id % 3], id
  FROM parent
  ORDER BY id
  RETURNING id, parent_id
)
INSERT INTO consents (child_id, purpose, granted, given_by, text_version, given_how)
SELECT c.id, purpose, true, c.parent_id, '1', 'api'
FROM child c CROSS JOIN unnest(ARRAY['play_analytics', 'population_figures']) AS purpose
