package org.smileadventure.batch.range;

import java.util.Collection;
import java.util.List;
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
   * Returns those of the children who are computed, as of then: nothing is to be done for one whose
   * consent was taken back meanwhile, or who was erased.
   */
  public List<ChildId> lock(Collection<? extends ChildId> children) {
    jdbc.sql(LOCK).param("children", ids(children)).param("size", SIZE).query(_ -> {});
    return computed(children);
  }

  /** Those of them who are computed: consented to, and not restricted. */
  public List<ChildId> computed(Collection<? extends ChildId> children) {
    return jdbc.sql(
            """
            SELECT child_id FROM v_computed_child WHERE child_id = ANY (:children::bigint[]) ORDER BY child_id
            """)
        .param("children", ids(children))
        .query((row, _) -> new ChildId(row.getLong(1)))
        .list();
  }

  /** As a statement takes them. */
  public static long[] ids(Collection<? extends ChildId> children) {
    return children.stream().mapToLong(ChildId::value).toArray();
  }
}
