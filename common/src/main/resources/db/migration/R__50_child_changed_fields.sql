-- Each field of a child that changes, with who changed it (null: nobody who said so). Not what follows from
-- play, nor the last words about consents, which are on record as such.
CREATE OR REPLACE FUNCTION child_changed_fields() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  INSERT INTO child_changes (child_id, changed_at, changed_by, field, old_value, new_value)
  SELECT new.id, clock_timestamp(), nullif(current_setting('smile.viewer', true), '')::bigint,
         o.key, nullif(o.value, 'null'), nullif(n.value, 'null')
  FROM jsonb_each(to_jsonb(old)) o
  JOIN jsonb_each(to_jsonb(new)) n USING (key)
  WHERE o.value <> n.value
    AND o.key <> ALL ('{points, level, achievements, play_consent, population_consent, record_store_consent, created_at, updated_at, version}')
  ORDER BY o.key;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER children_history
  AFTER UPDATE ON children
  FOR EACH ROW WHEN (old.* IS DISTINCT FROM new.*)
  EXECUTE FUNCTION child_changed_fields();
