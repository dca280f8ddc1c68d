package org.smileadventure.web.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.api.SideBySide;

/** The pictures of a report, all asked for at the same time. */
final class DrawnPictures {
  private final List<Supplier<Drawn>> drawn = new ArrayList<>();

  private record Drawn(String name, @Nullable String svg) {}

  /** Asks now, by the API's names. */
  DrawnPictures(SideBySide asked, Function<String, @Nullable String> draw) {
    for (var name : Report.PICTURES) {
      drawn.add(asked.ask(() -> new Drawn(name, draw.apply(name))));
    }
  }

  /** As SVG, by the API's names; null: one cannot be had now. */
  Map<String, @Nullable String> get() {
    var pictures = new HashMap<String, @Nullable String>();
    for (var picture : drawn) {
      pictures.put(picture.get().name(), picture.get().svg());
    }
    return pictures;
  }
}
