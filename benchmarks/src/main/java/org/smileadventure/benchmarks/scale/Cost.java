package org.smileadventure.benchmarks.scale;

import java.util.ArrayList;
import java.util.List;

/**
 * What something costs at each size, and how all of it grows: with the size to the power of one, if
 * it is in proportion.
 */
final class Cost {
  private final String name;
  private final boolean each;
  private final List<Integer> sizes = new ArrayList<>();
  private final List<Double> costs = new ArrayList<>();

  private Cost(String name, boolean each) {
    this.name = name;
    this.each = each;
  }

  /** Of each child, event or answer. */
  static Cost each(String name) {
    return new Cost(name, true);
  }

  /** Of all children. */
  static Cost ofAll(String name) {
    return new Cost(name, false);
  }

  void at(int size, double cost) {
    sizes.add(size);
    costs.add(cost);
  }

  double last() {
    return costs.getLast();
  }

  /** The exponent of all of it, from the smallest to the largest size. */
  double growth() {
    var exponent =
        Math.log(costs.getLast() / costs.getFirst())
            / Math.log((double) sizes.getLast() / sizes.getFirst());
    return each ? exponent + 1 : exponent;
  }

  void tell() {
    var line = new StringBuilder("  %-46s".formatted(name));
    costs.forEach(cost -> line.append(" %,12.1f".formatted(cost)));
    System.out.println(line + "   %5.2f".formatted(growth()));
  }
}
