package org.smileadventure.common.store;

/**
 * Neighbours among children. Whoever summarises some of them, or erases one, holds the lock {@code
 * pg_advisory_xact_lock(1, block)} of their block until the end of the transaction.
 */
public final class ChildBlock {
  /** Children, by their ids, in a block. */
  public static final int SIZE = 64;

  private ChildBlock() {}
}
