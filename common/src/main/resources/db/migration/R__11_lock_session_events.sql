-- Locks out readers and writers of all months, for changing partitions. A long reader would keep the
-- lock waiting, and everybody else behind it; so the wait is short, and is tried again.
-- Readers are locked out as well as writers: a writer first looks which events are stored, and would
-- keep this function waiting for the default partition while it waits for the parent itself.
CREATE OR REPLACE FUNCTION lock_session_events() RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '500ms'
AS $$
BEGIN
  FOR attempt IN 1..40 LOOP
    BEGIN
      LOCK TABLE ONLY session_events, ONLY session_events_default IN ACCESS EXCLUSIVE MODE;
      RETURN;
    EXCEPTION WHEN lock_not_available THEN
      PERFORM pg_sleep(1);
    END;
  END LOOP;
  RAISE EXCEPTION 'the partitions of session_events were in use for a minute; end the longest reader in pg_stat_activity'
    USING ERRCODE = 'lock_not_available';
END $$;
