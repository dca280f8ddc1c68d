-- To the minute, as a device may go on for long. Nobody is waited for.
UPDATE erasures SET last_refused_at = date_trunc('minute', now()) + interval '1 minute'
WHERE id IN (
  SELECT e.id FROM erasures e
  WHERE e.child = ANY (:children::bigint[]) AND (e.last_refused_at IS NULL OR e.last_refused_at < now())
  FOR UPDATE SKIP LOCKED)
