-- One writer at a time for each session that may be new: else two children could both be its first.
-- The keys are sorted, so that two writers wait for each other instead of blocking each other.
SELECT pg_advisory_xact_lock(key) FROM unnest(:keys::bigint[]) AS key
