-- What a child's days add up to over all of them, where the window of all days needs it for all
-- children at once: to tell where each one stands in its cohort.

CREATE TABLE child_total (
  child_id               bigint PRIMARY KEY,
  completed              bigint NOT NULL,
  score_n                bigint NOT NULL,
  score_sum              numeric NOT NULL,
  engagement_n           bigint NOT NULL,
  engagement_sum         numeric NOT NULL,
  score_percentile       float8 CHECK (score_percentile BETWEEN 0 AND 100),
  engagement_percentile  float8 CHECK (engagement_percentile BETWEEN 0 AND 100)
) WITH (fillfactor = 85);

CREATE VIEW v_child_total AS
SELECT child_id,
       sum(completed)::bigint     AS completed,
       sum(score_n)::bigint       AS score_n,
       sum(score_sum)             AS score_sum,
       sum(engagement_n)::bigint  AS engagement_n,
       sum(engagement_sum)        AS engagement_sum
FROM child_daily_summary
GROUP BY child_id;

INSERT INTO child_total (child_id, completed, score_n, score_sum, engagement_n, engagement_sum)
SELECT * FROM v_child_total;

-- As v_child_total, of these ranges of days alone.
CREATE FUNCTION sums_of_days(children bigint[], firsts date[], lasts date[]) RETURNS SETOF v_child_total
  LANGUAGE sql STABLE
AS $$
  SELECT r.child_id, sum(s.completed)::bigint, sum(s.score_n)::bigint, sum(s.score_sum),
         sum(s.engagement_n)::bigint, sum(s.engagement_sum)
  FROM unnest(children, firsts, lasts) AS r (child_id, first, last)
  CROSS JOIN LATERAL (
    SELECT * FROM child_daily_summary s WHERE s.child_id = r.child_id AND s.day BETWEEN r.first AND r.last OFFSET 0) s
  GROUP BY r.child_id
$$;

-- What materialise_child_days does, and the totals with it: by what has changed alone, since to add
-- up all days of a child would take the longer the more of them there are.
ALTER FUNCTION materialise_child_days(bigint[], date[], date[]) RENAME TO materialise_summaries;

CREATE FUNCTION materialise_child_days(children bigint[], firsts date[], lasts date[]) RETURNS void
  LANGUAGE plpgsql
  SET enable_seqscan = off
AS $$
DECLARE
  before v_child_total[] := ARRAY(SELECT s FROM sums_of_days(children, firsts, lasts) s);
BEGIN
  PERFORM materialise_summaries(children, firsts, lasts);
  INSERT INTO child_total AS t (child_id, completed, score_n, score_sum, engagement_n, engagement_sum)
  SELECT child_id, sum(completed), sum(score_n), sum(score_sum), sum(engagement_n), sum(engagement_sum)
  FROM (
    SELECT * FROM sums_of_days(children, firsts, lasts)
    UNION ALL
    SELECT child_id, -completed, -score_n, -score_sum, -engagement_n, -engagement_sum FROM unnest(before)
  ) change
  GROUP BY child_id
  HAVING (sum(completed), sum(score_n), sum(score_sum), sum(engagement_n), sum(engagement_sum)) <> (0, 0, 0, 0, 0)
  ORDER BY child_id
  ON CONFLICT (child_id) DO UPDATE SET
    completed = t.completed + excluded.completed,
    score_n = t.score_n + excluded.score_n,
    score_sum = t.score_sum + excluded.score_sum,
    engagement_n = t.engagement_n + excluded.engagement_n,
    engagement_sum = t.engagement_sum + excluded.engagement_sum;
END $$;

-- Adds up all days of these children, whatever was there.
CREATE FUNCTION total_children(children bigint[]) RETURNS void
  LANGUAGE sql
  SET enable_seqscan = off
AS $$
  INSERT INTO child_total AS t (child_id, completed, score_n, score_sum, engagement_n, engagement_sum)
  SELECT c.child_id, coalesce(v.completed, 0), coalesce(v.score_n, 0), coalesce(v.score_sum, 0),
         coalesce(v.engagement_n, 0), coalesce(v.engagement_sum, 0)
  FROM unnest(children) AS c (child_id)
  LEFT JOIN LATERAL (SELECT * FROM v_child_total v WHERE v.child_id = c.child_id OFFSET 0) v ON true
  ORDER BY c.child_id
  ON CONFLICT (child_id) DO UPDATE SET
    completed = excluded.completed,
    score_n = excluded.score_n,
    score_sum = excluded.score_sum,
    engagement_n = excluded.engagement_n,
    engagement_sum = excluded.engagement_sum
  WHERE (t.completed, t.score_n, t.score_sum, t.engagement_n, t.engagement_sum)
    IS DISTINCT FROM (excluded.completed, excluded.score_n, excluded.score_sum, excluded.engagement_n, excluded.engagement_sum)
$$;

-- Up to `most` children of a range whose total is not what their days add up to. There should be none.
CREATE FUNCTION total_differences(first_child bigint, last_child bigint, most int) RETURNS SETOF bigint
  LANGUAGE sql STABLE
AS $$
  SELECT child_id
  FROM (SELECT * FROM v_child_total WHERE child_id BETWEEN first_child AND last_child) v
  FULL JOIN (
    SELECT child_id, completed, score_n, score_sum, engagement_n, engagement_sum
    FROM child_total
    WHERE child_id BETWEEN first_child AND last_child) t USING (child_id)
  WHERE (coalesce(v.completed, 0), coalesce(v.score_n, 0), coalesce(v.score_sum, 0),
         coalesce(v.engagement_n, 0), coalesce(v.engagement_sum, 0))
    <> (coalesce(t.completed, 0), coalesce(t.score_n, 0), coalesce(t.score_sum, 0),
        coalesce(t.engagement_n, 0), coalesce(t.engagement_sum, 0))
  ORDER BY child_id
  LIMIT most
$$;

-- The means by which children are ranked, of each window.
CREATE VIEW v_window_means AS
SELECT child_id, window_name, completed, score_mean, engagement_mean FROM child_window_summary
UNION ALL
SELECT child_id, 'all', completed, (score_sum / nullif(score_n, 0))::float8,
       (engagement_sum / nullif(engagement_n, 0))::float8
FROM child_total;

ALTER TABLE child_total ENABLE ROW LEVEL SECURITY;
CREATE POLICY opened ON child_total FOR SELECT TO smile_query
  USING (coalesce(child_id = ANY ((SELECT opened_children())::bigint[]), false));
GRANT SELECT ON child_total TO smile_query;
