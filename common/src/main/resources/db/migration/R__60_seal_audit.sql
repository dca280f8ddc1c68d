-- The audit can be added to, and nothing else: it is owned by a role that nobody logs in as. Who can still
-- change it, as a superuser can, is found out: each minute what is new is sealed, each seal is over the one
-- before, and the last one is told to Kafka.

-- What a seal is over: its rows in the order of their ids, as text that is the same everywhere.
CREATE OR REPLACE FUNCTION audit_digest(of_seal bigint) RETURNS bytea
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  RETURN (SELECT sha256(convert_to(coalesce(string_agg(
            jsonb_build_array(l.id, (extract(epoch FROM l.at) * 1000000)::bigint, l.actor, l.actor_role, l.action, l.child,
                              l.detail)::text, E'\n' ORDER BY l.id), ''), 'UTF8'))
          FROM audit_log l WHERE l.seal = of_seal);

-- And what it hangs on: the seal before, these rows, and what else is said of it.
CREATE OR REPLACE FUNCTION audit_hash(previous bytea, seal audit_seal) RETURNS bytea
  LANGUAGE sql STABLE
  RETURN sha256(coalesce(previous, '') || seal.digest || convert_to(
           jsonb_build_array(seal.id, (extract(epoch FROM seal.sealed_at) * 1000000)::bigint, seal.rows)::text, 'UTF8'));

-- Seals what is new, up to 100,000 rows, one at a time. Rows that were committed late, with ids below those
-- that are sealed, are in the next seal. Returns the last seal, and whether it is a new one; nothing if there
-- is none.
CREATE OR REPLACE FUNCTION seal_audit(OUT id bigint, OUT hash bytea, OUT rows bigint, OUT sealed_at timestamptz, OUT is_new boolean)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  last  audit_seal;
  made  audit_seal;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('seal_audit'));
  SELECT * INTO last FROM audit_seal s ORDER BY s.id DESC LIMIT 1;
  made.id := coalesce(last.id, 0) + 1;
  UPDATE audit_log l SET seal = made.id
  WHERE l.id IN (SELECT n.id FROM audit_log n WHERE n.seal IS NULL ORDER BY n.id LIMIT 100000);
  GET DIAGNOSTICS made.rows = ROW_COUNT;
  IF made.rows > 0 THEN
    made.sealed_at := clock_timestamp();
    made.digest := audit_digest(made.id);
    made.hash := audit_hash(last.hash, made);
    INSERT INTO audit_seal (id, sealed_at, rows, digest, hash)
    VALUES (made.id, made.sealed_at, made.rows, made.digest, made.hash);
    last := made;
    is_new := true;
  ELSE
    is_new := false;
  END IF;
  id := last.id;
  hash := last.hash;
  rows := last.rows;
  sealed_at := last.sealed_at;
END $$;

-- Computes all seals again, and returns how many seals and sealed rows there are, and of the first seal that
-- does not hold which it is and why. A seal has all of its rows, or, from when it is older than the audit is
-- kept, none. The heads are what Kafka was told: who rewrites all of the audit is found by these.
CREATE OR REPLACE FUNCTION verify_audit(heads bigint[], hashes bytea[], OUT seals bigint, OUT rows bigint, OUT broken bigint, OUT why text)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  kept_since  timestamptz := (SELECT now() - p.period FROM retention_policy p WHERE p.class = 'audit');
  previous    bytea;
  found       bigint;
  told        bigint := (
    SELECT min(h.seal)
    FROM unnest(heads, hashes) AS h (seal, hash)
    LEFT JOIN audit_seal a ON a.id = h.seal
    WHERE a.hash IS DISTINCT FROM h.hash);
  s           audit_seal;
BEGIN
  seals := 0;
  rows := 0;
  FOR s IN SELECT * FROM audit_seal a ORDER BY a.id LOOP
    seals := seals + 1;
    found := (SELECT count(*) FROM audit_log l WHERE l.seal = s.id);
    rows := rows + found;
    why := CASE
      WHEN s.id <> seals THEN 'the seal before it is gone'
      WHEN s.hash <> audit_hash(previous, s) THEN 'the seal was changed'
      WHEN found = 0 AND s.sealed_at < kept_since THEN NULL
      WHEN found <> s.rows THEN format('it has %s rows in the place of %s', found, s.rows)
      WHEN audit_digest(s.id) <> s.digest THEN 'a row of it was changed'
    END;
    IF why IS NULL AND s.id = told THEN
      why := 'Kafka was told another hash of it';
    END IF;
    IF why IS NOT NULL THEN
      broken := s.id;
      RETURN;
    END IF;
    previous := s.hash;
  END LOOP;
  broken := (SELECT min(l.seal) FROM audit_log l WHERE l.seal > seals OR l.seal < 1);
  IF broken IS NOT NULL THEN
    why := 'there are rows of it and no seal';
  ELSIF told IS NOT NULL THEN
    broken := told;
    why := 'Kafka was told of it, and it is gone';
  END IF;
END $$;

-- Deletes the rows of some of the seals that are older than the audit is kept, and returns how many there
-- were. Whoever may call it cannot say how old that is.
CREATE OR REPLACE FUNCTION forget_audit(most int) RETURNS bigint
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
  BEGIN ATOMIC
    WITH gone AS (
      DELETE FROM audit_log l
      WHERE l.seal IN (
        SELECT s.id
        FROM audit_seal s
        WHERE s.sealed_at < now() - (SELECT p.period FROM retention_policy p WHERE p.class = 'audit')
          AND EXISTS (SELECT FROM audit_log a WHERE a.seal = s.id)
        ORDER BY s.id
        LIMIT most)
      RETURNING 1
    )
    SELECT count(*) FROM gone;
  END;

-- A function belongs to a role that may make one at that time.
GRANT CREATE ON SCHEMA public TO smile_audit;
GRANT SELECT ON retention_policy TO smile_audit;
ALTER FUNCTION audit_digest(bigint) OWNER TO smile_audit;
ALTER FUNCTION seal_audit() OWNER TO smile_audit;
ALTER FUNCTION verify_audit(bigint[], bytea[]) OWNER TO smile_audit;
ALTER FUNCTION forget_audit(int) OWNER TO smile_audit;
ALTER FUNCTION audit_hash(bytea, audit_seal) OWNER TO smile_audit;
REVOKE CREATE ON SCHEMA public FROM smile_audit;
