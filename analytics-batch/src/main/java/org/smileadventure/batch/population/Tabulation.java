package org.smileadventure.batch.population;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.smileadventure.batch.population.Replacement.Rule;
import org.smileadventure.common.population.Leaf;
import org.smileadventure.common.service.SqlFile;

/**
 * A way to divide children into cells.
 *
 * @param topic by which the database knows it
 * @param staging a statement that makes the table {@code tonight}: child_id, leaf, contribution (a
 *     hash of what the child adds beyond being there) and what is added up
 * @param sums a statement that adds up the children of the cells {@code :published}
 */
record Tabulation(String topic, String staging, String sums, Rule rule, Division division) {

  interface Division {
    /**
     * The cells of tonight.
     *
     * @param children tonight, of each leaf that is not empty
     * @param figures the published cells of {@link #FIGURES}
     */
    List<CandidateCell> candidates(
        Map<String, Long> children, List<FigureCell> figures, long least);
  }

  /**
   * A published cell of {@link #FIGURES}.
   *
   * @param playing whether all of its children are
   */
  record FigureCell(List<String> leaves, boolean playing) {}

  /** Counts of children and sessions, and the measures of those who play. */
  static final Tabulation FIGURES =
      sums(
          "figures",
          (children, _, least) -> cells(children, least, Leaf.Kind.PLAYING, Leaf.Kind.QUIET));

  /**
   * The activities of daily life, of the children of whom some were recorded. Cells of their own,
   * as what is new about a child is not both at a time.
   */
  static final Tabulation ACTIVITIES =
      sums("activities", (children, _, least) -> cells(children, least, Leaf.Kind.RECORDING));

  /** How the children's scores go, in each cell of playing children. */
  static final Tabulation SCORE_TREND =
      new Tabulation(
          "score_trend",
          sql("score-trend"),
          sql("count"),
          Rule.MOVED,
          (children, figures, least) ->
              distributions(
                  figures.stream().filter(FigureCell::playing).toList(),
                  List.of("improving", "stable", "declining", "insufficient"),
                  children,
                  least));

  /**
   * What changed in the score with a therapy. Nothing is told of all therapies together, so those
   * of too few children are left out and need not be merged.
   */
  static final Tabulation TREATMENT =
      sums(
          "treatment",
          (children, _, least) ->
              children.entrySet().stream()
                  .filter(type -> type.getValue() >= least)
                  .map(Map.Entry::getKey)
                  .map(type -> new CandidateCell(List.of(), new TreeSet<>(List.of(type)), type))
                  .toList());

  /** None needs another one. */
  static List<Tabulation> ofChildren() {
    return List.of(FIGURES, ACTIVITIES, TREATMENT);
  }

  /** Of the children in the published cells of {@link #FIGURES}; none needs another one. */
  static List<Tabulation> ofFigures() {
    return List.of(
        SCORE_TREND,
        // Without score_declining, which is a category of the trend: of two numbers of the same
        // children, the one that was published later would tell who changed since.
        risk("distress_rising"),
        risk("play_dropped"),
        risk("abandonment_high"),
        risk("long_silence"),
        risk("overwhelmed_exits"),
        trait("communication_style", "verbal", "non_verbal", "mixed", "alternative", "unspecified"),
        trait("therapy_load", "none", "one_to_three", "more_than_three"),
        trait("safety_protocols", "documented", "missing"),
        trait("elopement_risk", "high", "moderate", "low", "none", "unspecified"),
        trait("joined", "last_30_days", "days_31_to_60", "earlier"));
  }

  private static Tabulation sums(String topic, Division division) {
    return new Tabulation(topic, sql(topic), sql(topic + "-sums"), Rule.FRESH, division);
  }

  /** Of how many of each cell's children a risk of docs/metrics.md holds. */
  private static Tabulation risk(String topic) {
    return distribution(topic, "risk", "holds", "not");
  }

  /** What children have in common, whatever they play. */
  private static Tabulation trait(String topic, String... categories) {
    return distribution(topic, "trait", categories);
  }

  private static Tabulation distribution(String topic, String staging, String... categories) {
    return new Tabulation(
        topic,
        sql(staging),
        sql("count"),
        Rule.MOVED,
        (children, figures, least) -> distributions(figures, List.of(categories), children, least));
  }

  private static String sql(String name) {
    return SqlFile.read(Tabulation.class, name + ".sql");
  }

  private static List<CandidateCell> distributions(
      List<FigureCell> cells, List<String> categories, Map<String, Long> children, long least) {
    return new ThinCells(children, least)
        .merged(
            cells.stream()
                .flatMap(
                    cell ->
                        categories.stream().map(is -> CandidateCell.category(cell.leaves(), is)))
                .toList());
  }

  /**
   * Empty leaves hide among the thin ones. If there are none of these, they are in no cell, and
   * everybody may know that they are empty.
   */
  private static List<CandidateCell> cells(
      Map<String, Long> children, long least, Leaf.Kind... kinds) {
    var units = new ArrayList<CandidateCell>();
    for (var kind : kinds) {
      var leaves = Leaf.all(kind).stream().map(Leaf::toString).toList();
      boolean someAreThin =
          leaves.stream().anyMatch(leaf -> children.getOrDefault(leaf, least) < least);
      leaves.stream()
          .filter(leaf -> someAreThin || children.containsKey(leaf))
          .map(leaf -> CandidateCell.leaf(List.of(kind.toString()), leaf))
          .forEach(units::add);
    }
    return new ThinCells(children, least).merged(units);
  }
}
