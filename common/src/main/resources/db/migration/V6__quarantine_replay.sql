-- Which records of the quarantine have been sent again. The topic's own id belongs to the key: the
-- records of a topic that is made anew are numbered from the start.
CREATE TABLE quarantine_replay (
  topic_id     text NOT NULL,
  id           bigint NOT NULL CHECK (id >= 0),
  replayed_at  timestamptz NOT NULL DEFAULT now(),
  replayed_by  text NOT NULL,
  PRIMARY KEY (topic_id, id)
);
