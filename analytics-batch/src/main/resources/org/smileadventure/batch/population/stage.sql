-- The children of one topic as they are tonight; forgotten at the end of the transaction.
CREATE TEMP TABLE tonight (
  child_id      bigint NOT NULL,
  leaf          text NOT NULL,
  -- A hash of what the child adds to a cell, beyond being there; null where that is all it adds.
  contribution  bigint,
  sessions      bigint,
  completed     bigint,
  abandoned     bigint,
  interrupted   bigint,
  activities    bigint,
  verified      bigint,
  emotional_n   bigint,
  improvements  bigint,
  deteriorations  bigint,
  score         float8,
  engagement    float8,
  success       float8,
  effect        float8
) ON COMMIT DROP
