-- The cells that are printed tonight.
CREATE TEMP TABLE renewed (
  cell_id   bigint PRIMARY KEY,
  leaves    text[] NOT NULL,
  scope     text[],
  category  text,
  moved     boolean NOT NULL
) ON COMMIT DROP
