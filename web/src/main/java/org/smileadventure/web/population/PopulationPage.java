package org.smileadventure.web.population;

import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.smileadventure.web.page.Page;

/** What is told of many children together. */
public record PopulationPage(
    Population population, List<Treatment> treatments, List<Insight> insights) {
  private static final List<String> AGES = List.of("0-3", "4-6", "7-12", "13-18", "19+");
  private static final int LEVELS = 4;

  /**
   * A group in words: its ages, each with the support levels that are in it.
   *
   * @param scope the group's parts, each as {@code 7-12/2/playing}
   */
  public static String group(List<String> scope, Page page) {
    var levels = new TreeMap<Integer, TreeSet<String>>();
    var kinds = new TreeSet<String>();
    for (var part : scope) {
      var names = part.split("/", -1);
      levels.computeIfAbsent(AGES.indexOf(names[0]), _ -> new TreeSet<>()).add(names[1]);
      kinds.add(names[2]);
    }
    var ages =
        levels.entrySet().stream()
            .map(
                age ->
                    page.text(
                        "population.group",
                        "age",
                        page.text("population.age-" + AGES.get(age.getKey())),
                        "levels",
                        levels(age.getValue(), page)))
            .collect(Collectors.joining("; "));
    var who =
        kinds.stream()
            .map(kind -> page.text("population.kind-" + kind))
            .collect(Collectors.joining(", "));
    return who + ": " + ages;
  }

  private static String levels(TreeSet<String> levels, Page page) {
    return levels.size() == LEVELS
        ? page.text("population.level-any")
        : levels.stream()
            .map(level -> page.text("population.level-" + level))
            .collect(Collectors.joining(", "));
  }
}
