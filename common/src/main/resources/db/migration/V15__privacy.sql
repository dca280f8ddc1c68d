-- When an event of the child was last refused that Kafka had taken: so long it is there yet.
ALTER TABLE erasures ADD COLUMN last_refused_at timestamptz;

-- What somebody wrote of a child goes with the child.
UPDATE erasures SET reason = NULL WHERE swept_at IS NOT NULL;
