-- A day that is summarised again is written only where it has become another one, and in its place:
-- rows that are as they were cost no write, and a row that differs stays on its page, which has room
-- left for that, and is not entered into the index anew. Otherwise each day would write a page of
-- its own of every index, and there are the more of these the longer the history is.

DO $$
DECLARE
  d record;
BEGIN
  FOR d IN SELECT summary FROM v_day_summaries LOOP
    EXECUTE format('ALTER TABLE %I SET (fillfactor = 85)', d.summary);
  END LOOP;
END $$;

-- Brings ranges of days, both ends in them, of children into all summaries, and marks the children's
-- windows. Runs after the versions of the dirty days were read, in a later statement, and so sees at
-- least what those versions stand for. Not for two callers at a time with the same days.
-- OFFSET 0 makes the planner compute, and look up, each range by its index, whatever else there is; the
-- settings, the rows that go.
CREATE OR REPLACE FUNCTION materialise_child_days(children bigint[], firsts date[], lasts date[]) RETURNS void
  LANGUAGE plpgsql
  SET enable_seqscan = off
  SET enable_hashjoin = off
  SET enable_mergejoin = off
AS $$
DECLARE
  d         record;
  some_are  boolean;
BEGIN
  FOR d IN
    SELECT s.summary, s.definition,
           string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FILTER (WHERE a.attnum = ANY (i.indkey)) AS key,
           string_agg(format('%1$I = excluded.%1$I', a.attname), ', ' ORDER BY a.attnum)
             FILTER (WHERE a.attnum <> ALL (i.indkey)) AS figures
    FROM v_day_summaries s
    JOIN pg_index i ON i.indrelid = s.summary::regclass AND i.indisprimary
    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum > 0 AND NOT a.attisdropped
    GROUP BY s.summary, s.definition
  LOOP
    EXECUTE format($statement$
      SELECT EXISTS (
        SELECT FROM unnest($1, $2, $3) AS r (child_id, first, last)
        CROSS JOIN LATERAL (
          SELECT FROM %I s WHERE s.child_id = r.child_id AND s.day BETWEEN r.first AND r.last LIMIT 1) s)
      $statement$, d.summary) INTO some_are USING children, firsts, lasts;
    IF some_are THEN
      EXECUTE format($statement$
        WITH computed AS MATERIALIZED (
          SELECT v.*
          FROM unnest($1, $2, $3) AS r (child_id, first, last)
          CROSS JOIN LATERAL (
            SELECT * FROM %1$I v WHERE v.child_id = r.child_id AND v.day BETWEEN r.first AND r.last OFFSET 0) v
        ), kept AS MATERIALIZED (
          SELECT s.*
          FROM unnest($1, $2, $3) AS r (child_id, first, last)
          CROSS JOIN LATERAL (
            SELECT * FROM %2$I s WHERE s.child_id = r.child_id AND s.day BETWEEN r.first AND r.last OFFSET 0) s
        ), gone AS (
          DELETE FROM %2$I
          WHERE (%3$s) IN (SELECT %3$s FROM kept EXCEPT SELECT %3$s FROM computed)
        )
        INSERT INTO %2$I
        SELECT * FROM (TABLE computed EXCEPT TABLE kept) changed
        ORDER BY %3$s
        ON CONFLICT (%3$s) DO UPDATE SET %4$s
        $statement$, d.definition, d.summary, d.key, d.figures) USING children, firsts, lasts;
    ELSE
      EXECUTE format($statement$
        INSERT INTO %2$I
        SELECT v.*
        FROM unnest($1, $2, $3) AS r (child_id, first, last)
        CROSS JOIN LATERAL (
          SELECT * FROM %1$I v WHERE v.child_id = r.child_id AND v.day BETWEEN r.first AND r.last OFFSET 0) v
        $statement$, d.definition, d.summary) USING children, firsts, lasts;
    END IF;
  END LOOP;
  INSERT INTO dirty_child_windows (child_id)
  SELECT DISTINCT child_id FROM unnest(children) AS child_id ORDER BY child_id
  ON CONFLICT (child_id) DO UPDATE SET version = excluded.version, marked_at = excluded.marked_at;
END $$;
