package org.smileadventure.query.page;

import java.util.List;
import java.util.function.Function;
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

  /** How many items to look for: one more than asked for tells whether there is a page after. */
  public int limitAndOne() {
    return limit + 1;
  }

  /**
   * What is on a page.
   *
   * @param next cursor of the page after; null on the last one
   */
  public record Cut<T>(List<T> items, @Nullable String next) {}

  /**
   * The page, of {@link #limitAndOne} items that were looked for.
   *
   * @param cursor the text from which a page begins after this item
   */
  public <T> Cut<T> cut(List<T> found, Function<T, String> cursor) {
    if (found.size() <= limit) {
      return new Cut<>(found, null);
    }
    return new Cut<>(found.subList(0, limit), cursor.apply(found.get(limit - 1)));
  }
}
