-- What was said in the application of sessions of a child, by session, after the last one of the page
-- before.
WITH own AS MATERIALIZED (
  SELECT r.session_id,
         to_jsonb(r) || CASE WHEN :notes THEN '{}' ELSE jsonb_build_object('payload', r.payload - 'notes' - 'observedBehavior') END AS document
  FROM session_ratings r
  WHERE r.child_id = :child AND r.session_id > :after::uuid
)
SELECT session_id AS key, 0 AS seq, document FROM own ORDER BY session_id LIMIT 500
