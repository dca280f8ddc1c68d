-- Notes how long it takes until Kafka has deleted what is on its topics, as ingest has set them: of the events, of
-- the quarantine, and of the quarantine what was deleted. Returns whether that is new.
CREATE OR REPLACE FUNCTION topics_keep(events interval, quarantine interval, deleted interval) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  UPDATE retention_policy p SET period = justify_hours(told.period), changed_at = now()
  FROM (VALUES ('topic_events', events), ('quarantine', quarantine), ('quarantine_deleted', deleted)) AS told (class, period)
  WHERE p.class = told.class AND p.period IS DISTINCT FROM told.period;
  RETURN FOUND;
END $$;
