-- The day that a text of a profile begins with; null: it does not begin with one.
CREATE OR REPLACE FUNCTION told_day(told text) RETURNS date
  LANGUAGE sql STABLE PARALLEL SAFE
  -- CASE, as a condition beside it could be evaluated after the cast.
  RETURN CASE WHEN told ~ '^\d{4}-\d{2}-\d{2}' AND pg_input_is_valid(left(told, 10), 'date')
              THEN left(told, 10)::date END;
