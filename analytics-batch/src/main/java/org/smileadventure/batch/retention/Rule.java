package org.smileadventure.batch.retention;

import java.time.Instant;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** How what is too old of something goes, a part in each transaction. */
interface Rule {

  /** The class of {@code retention_policy} whose period counts. */
  String policy();

  /**
   * Does a part.
   *
   * @param kept for how long it is kept, as PostgreSQL writes it
   * @param context what is in it is there when the rule goes on after a crash; another rule has it
   *     anew
   */
  Part apply(Instant now, String kept, ExecutionContext context);

  /**
   * What a part came to.
   *
   * @param gone how many rows
   * @param more whether there may be more to do
   */
  record Part(long gone, boolean more) {}
}
