-- What was said in the application of sessions of a child, by session, after the last one of the page
-- before.
WITH own AS MATERIALIZED (
  SELECT r.session_id, to_jsonb(r) AS document
  FROM session_ratings r
  WHERE r.child_id = :child AND r.session_id > :after::uuid
)
SELECT session_id AS key, 0 AS seq, document FROM own ORDER BY session_id LIMIT 500
