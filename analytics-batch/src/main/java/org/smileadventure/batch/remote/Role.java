package org.smileadventure.batch.remote;

/** What an instance does with the partitions of a step. */
public enum Role {
  /** Runs them itself, in threads. */
  LOCAL,
  /** Runs jobs, and has workers run their partitions. */
  MANAGER,
  /** Runs partitions for managers, and no jobs. */
  WORKER
}
