-- The last word about a purpose counts at once: ingest, the jobs and the access rules read it where
-- they look anyway.
CREATE OR REPLACE FUNCTION consent_given() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  CASE new.purpose
    WHEN 'play_analytics' THEN
      UPDATE children SET play_consent = new.granted WHERE id = new.child_id;
    WHEN 'population_figures' THEN
      UPDATE children SET population_consent = new.granted WHERE id = new.child_id;
    WHEN 'record_store' THEN
      UPDATE children SET record_store_consent = new.granted WHERE id = new.child_id;
      IF new.granted THEN
        -- Marked before all times: what has no session yet is not taken for sent.
        INSERT INTO statement_months (child_id, month, marked_at)
        SELECT m.child_id, m.month, '-infinity' FROM child_month_summary m WHERE m.child_id = new.child_id ORDER BY m.month
        ON CONFLICT DO NOTHING;
      ELSE
        DELETE FROM statement_months WHERE child_id = new.child_id;
      END IF;
    WHEN 'professional_sharing' THEN
      UPDATE patient_assignments SET consented = new.granted
      WHERE child_id = new.child_id AND professional_id = new.recipient AND status = 'active';
    ELSE NULL;
  END CASE;
  RETURN NULL;
END $$;

-- What is sent to a record store is marked by who folds a month, and of the months before by this
-- consent. Neither sees what the other has not committed, so one waits for the other, by the lock of the
-- jobs on the child's block (common.store.ChildBlock). It is taken before any other.
CREATE OR REPLACE FUNCTION consent_waits() RETURNS trigger
  LANGUAGE plpgsql
AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(1, (new.child_id / 64 % 2147483647)::int);
  RETURN new;
END $$;

CREATE OR REPLACE TRIGGER consents_wait
  BEFORE INSERT ON consents
  FOR EACH ROW WHEN (new.purpose = 'record_store') EXECUTE FUNCTION consent_waits();

CREATE OR REPLACE TRIGGER consents_count
  AFTER INSERT ON consents
  FOR EACH ROW EXECUTE FUNCTION consent_given();

-- An assignment may come after the consent to it.
CREATE OR REPLACE FUNCTION assignment_consent() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  new.consented := coalesce((
    SELECT c.granted FROM consents c
    WHERE c.child_id = new.child_id AND c.purpose = 'professional_sharing' AND c.recipient = new.professional_id
    ORDER BY c.id DESC LIMIT 1), false);
  RETURN new;
END $$;

CREATE OR REPLACE TRIGGER patient_assignments_consent
  BEFORE INSERT ON patient_assignments
  FOR EACH ROW EXECUTE FUNCTION assignment_consent();
