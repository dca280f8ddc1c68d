package org.smileadventure.query.page;

import org.jspecify.annotations.Nullable;
import org.smileadventure.common.service.BadParameterException;

/**
 * Which page of a list is asked for.
 *
 * @param limit how many items at most
 * @param after the {@code next_cursor} of the page before; null: the first page
 */
public record Page(int limit, @Nullable String after) {
  private static final int DEFAULT = 20;
  private static final int MOST = 100;

  /**
   * The page that the parameters tell.
   *
   * @throws BadParameterException if the limit is no number from 1 to 100
   */
  public static Page of(@Nullable String limit, @Nullable String cursor) {
    if (limit == null) {
      return new Page(DEFAULT, cursor);
    }
    if (!limit.matches("[1-9][0-9]{0,2}") || Integer.parseInt(limit) > MOST) {
      throw new BadParameterException("limit", "a number from 1 to " + MOST, limit);
    }
    return new Page(Integer.parseInt(limit), cursor);
  }

  /** Whether it is what somebody gets who says nothing. */
  public boolean isDefault() {
    return limit == DEFAULT && after == null;
  }

  /** One more than asked for tells whether there is a page after. */
  public int limitAndOne() {
    return limit + 1;
  }
}
