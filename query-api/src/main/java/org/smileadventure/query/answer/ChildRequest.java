package org.smileadventure.query.answer;

import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;

/**
 * Somebody asks about a child: the variable {@code id} of the path and the parameter {@code
 * fields}, with whose token it is.
 *
 * @param fields null: the whole answer
 * @param line method and path, for the record
 */
public record ChildRequest(Viewer viewer, ChildId child, @Nullable Fields fields, String line) {

  /** The same for an answer that is itself these fields of a larger one. */
  public ChildRequest within(Fields side) {
    return new ChildRequest(viewer, child, fields == null ? side : fields.within(side), line);
  }
}
