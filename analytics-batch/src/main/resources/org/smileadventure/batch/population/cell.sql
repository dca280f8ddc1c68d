INSERT INTO population_cell AS p (cell_id, topic, leaves, scope, category, published_at, members_since, children)
VALUES (coalesce(:cell::bigint, nextval(pg_get_serial_sequence('population_cell', 'cell_id'))),
        :topic, :leaves, :scope, :category, now(), now(), :children)
ON CONFLICT (cell_id) DO UPDATE SET
  published_at = excluded.published_at,
  members_since = CASE WHEN :moved THEN excluded.members_since ELSE p.members_since END,
  children = excluded.children
RETURNING cell_id
