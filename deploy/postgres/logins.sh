#!/usr/bin/env bash
# Run once, by the image of PostgreSQL, when the data directory is made: the login that owns the schema, and
# one for each service. Their rights come with the schema (R__90_rights.sql).
set -euo pipefail

psql --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  --set owner="$SMILE_OWNER_PASSWORD" --set ingest="$SMILE_INGEST_PASSWORD" \
  --set batch="$SMILE_BATCH_PASSWORD" --set query="$SMILE_QUERY_PASSWORD" <<'SQL'
CREATE ROLE smile_owner LOGIN PASSWORD :'owner';
-- Those who write for all children are not held up by row-level security.
CREATE ROLE smile_ingest LOGIN BYPASSRLS PASSWORD :'ingest';
CREATE ROLE smile_batch LOGIN BYPASSRLS PASSWORD :'batch';
CREATE ROLE smile_query LOGIN PASSWORD :'query';
GRANT pg_read_all_stats TO smile_query, smile_ingest;
-- Owns what is on record; nobody logs in as it.
CREATE ROLE smile_audit NOLOGIN;
GRANT smile_audit TO smile_owner WITH INHERIT TRUE, SET TRUE;
ALTER DATABASE smile OWNER TO smile_owner;
CREATE EXTENSION pg_stat_statements;
SQL
