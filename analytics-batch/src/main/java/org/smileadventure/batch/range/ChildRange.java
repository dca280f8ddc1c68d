package org.smileadventure.batch.range;

import org.springframework.batch.infrastructure.item.ExecutionContext;

/** The children that one partition of a step is about, by their ids, both ends in it. */
public record ChildRange(long first, long last) {
  /** How many items a partition is expected to be; there is none if nobody knows. */
  public static final String PLANNED = "planned";

  private static final String FIRST = "firstChild";
  private static final String LAST = "lastChild";

  /** The range that a partition's context holds. */
  public static ChildRange in(ExecutionContext context) {
    return new ChildRange(context.getLong(FIRST), context.getLong(LAST));
  }

  /** A context with the range in it. */
  public ExecutionContext context() {
    var context = new ExecutionContext();
    context.putLong(FIRST, first);
    context.putLong(LAST, last);
    return context;
  }

  /** The same with how many items are expected. */
  public ExecutionContext context(long planned) {
    var context = context();
    context.putLong(PLANNED, planned);
    return context;
  }
}
