package org.smileadventure.batch.range;

import java.util.Collection;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.common.store.ChildBlock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Blocks of children, each of which is summarised by one transaction at a time: otherwise an
 * earlier snapshot could overwrite what a later one has written.
 */
@Component
public class ChildBlocks {
  /** Children, by their ids, in a block. */
  static final int SIZE = ChildBlock.SIZE;

  private static final String LOCK = SqlFile.read(ChildBlocks.class, "lock-blocks.sql");

  private final JdbcClient jdbc;

  public ChildBlocks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Waits until nobody else has the children's blocks; they are held until the transaction ends.
   */
  public void lock(Collection<? extends ChildId> children) {
    jdbc.sql(LOCK).param("children", ids(children)).param("size", SIZE).query(_ -> {});
  }

  /** As a statement takes them. */
  public static long[] ids(Collection<? extends ChildId> children) {
    return children.stream().mapToLong(ChildId::value).toArray();
  }
}
