package org.smileadventure.common.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The number under which a child is known; positive. */
public record ChildId(@JsonValue long value) implements Comparable<ChildId> {

  @JsonCreator
  public ChildId {
    if (value < 1) {
      throw new IllegalArgumentException("a child id is a positive number, not " + value);
    }
  }

  @Override
  public int compareTo(ChildId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
