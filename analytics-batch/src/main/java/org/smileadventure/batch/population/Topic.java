package org.smileadventure.batch.population;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.smileadventure.batch.population.Renewal.Rule;
import org.smileadventure.common.population.Leaf;
import org.smileadventure.common.service.SqlFile;

/** A way to cut the children into cells of their own publication. */
sealed interface Topic {
  /** In this order: the distributions are of the figures' cells. */
  static List<Topic> all() {
    var all = new ArrayList<Topic>(List.of(new Figures(), new ScoreTrend()));
    Stream.of(Risk.RULES).map(Risk::new).forEach(all::add);
    all.addAll(Trait.ALL);
    all.add(new Activities());
    all.add(new Treatment());
    return List.copyOf(all);
  }

  String name();

  /** A statement that fills {@code tonight}. */
  String sql();

  Rule rule();

  /**
   * The cells of tonight.
   *
   * @param children tonight, of each leaf that is not empty
   * @param figures the printed cells of {@link Figures}
   */
  List<Draft> drafts(Map<String, Long> children, List<FigureCell> figures, long least);

  private static List<Draft> distributions(
      List<FigureCell> cells, List<String> categories, Map<String, Long> children, long least) {
    return new Partition(children, least)
        .of(
            cells.stream()
                .flatMap(cell -> categories.stream().map(is -> Draft.category(cell.leaves(), is)))
                .toList());
  }

  /**
   * A printed cell of {@link Figures}.
   *
   * @param playing whether all of its children are
   */
  record FigureCell(List<String> leaves, boolean playing) {}

  /**
   * Counts of children and sessions, and the measures of those who play.
   *
   * <p>Empty leaves hide among the thin ones; if there are none of these, they are no cell, and
   * everybody may know that they are empty.
   */
  record Figures() implements Topic {
    @Override
    public String name() {
      return "figures";
    }

    @Override
    public String sql() {
      return SqlFile.read(Topic.class, "figures.sql");
    }

    @Override
    public Rule rule() {
      return Rule.FRESH;
    }

    @Override
    public List<Draft> drafts(Map<String, Long> children, List<FigureCell> figures, long least) {
      return new Partition(children, least)
          .of(units(children, least, Leaf.Kind.PLAYING, Leaf.Kind.QUIET));
    }
  }

  private static List<Draft> units(Map<String, Long> children, long least, Leaf.Kind... kinds) {
    var units = new ArrayList<Draft>();
    for (var kind : kinds) {
      var leaves = Leaf.all(kind).stream().map(Leaf::toString).toList();
      boolean someAreThin =
          leaves.stream().anyMatch(leaf -> children.getOrDefault(leaf, least) < least);
      leaves.stream()
          .filter(leaf -> someAreThin || children.containsKey(leaf))
          .map(leaf -> Draft.leaf(List.of(kind.toString()), leaf))
          .forEach(units::add);
    }
    return units;
  }

  /**
   * The activities of daily life, of the children of whom some were recorded. Cells of their own,
   * as what is new about a child is not both at a time.
   */
  record Activities() implements Topic {
    @Override
    public String name() {
      return "activities";
    }

    @Override
    public String sql() {
      return SqlFile.read(Topic.class, "activities.sql");
    }

    @Override
    public Rule rule() {
      return Rule.FRESH;
    }

    @Override
    public List<Draft> drafts(Map<String, Long> children, List<FigureCell> figures, long least) {
      return new Partition(children, least).of(units(children, least, Leaf.Kind.RECORDING));
    }
  }

  /** How the children's scores go, in each cell of playing children. */
  record ScoreTrend() implements Topic {
    private static final List<String> DIRECTIONS =
        List.of("improving", "stable", "declining", "insufficient");

    @Override
    public String name() {
      return "score_trend";
    }

    @Override
    public String sql() {
      return SqlFile.read(Topic.class, "score-trend.sql");
    }

    @Override
    public Rule rule() {
      return Rule.MOVED;
    }

    @Override
    public List<Draft> drafts(Map<String, Long> children, List<FigureCell> figures, long least) {
      return distributions(
          figures.stream().filter(FigureCell::playing).toList(), DIRECTIONS, children, least);
    }
  }

  /** Of how many of each cell's children a risk holds. */
  record Risk(String name) implements Topic {
    /**
     * As docs/metrics.md has them, without score_declining: that is a category of the trend, and of
     * two numbers of the same children the one that was printed later tells who changed since.
     */
    private static final String[] RULES = {
      "distress_rising", "play_dropped", "abandonment_high", "long_silence", "overwhelmed_exits"
    };

    @Override
    public String sql() {
      return SqlFile.read(Topic.class, "risk.sql");
    }

    @Override
    public Rule rule() {
      return Rule.MOVED;
    }

    @Override
    public List<Draft> drafts(Map<String, Long> children, List<FigureCell> figures, long least) {
      return distributions(figures, List.of("holds", "not"), children, least);
    }
  }

  /** What children have in common, whatever they play. */
  record Trait(String name, List<String> categories) implements Topic {
    private static final List<Trait> ALL =
        List.of(
            new Trait(
                "communication_style",
                List.of("verbal", "non_verbal", "mixed", "alternative", "unspecified")),
            new Trait("therapy_load", List.of("none", "one_to_three", "more_than_three")),
            new Trait("safety_protocols", List.of("documented", "missing")),
            new Trait("elopement_risk", List.of("high", "moderate", "low", "none", "unspecified")),
            new Trait("joined", List.of("last_30_days", "days_31_to_60", "earlier")));

    @Override
    public String sql() {
      return SqlFile.read(Topic.class, "trait.sql");
    }

    @Override
    public Rule rule() {
      return Rule.MOVED;
    }

    @Override
    public List<Draft> drafts(Map<String, Long> children, List<FigureCell> figures, long least) {
      return distributions(figures, categories, children, least);
    }
  }

  /**
   * What the score gained with a therapy. Nothing is told of all therapies together, so those of
   * too few children are left out and need not be merged.
   */
  record Treatment() implements Topic {
    @Override
    public String name() {
      return "treatment";
    }

    @Override
    public String sql() {
      return SqlFile.read(Topic.class, "treatment.sql");
    }

    @Override
    public Rule rule() {
      return Rule.FRESH;
    }

    @Override
    public List<Draft> drafts(Map<String, Long> children, List<FigureCell> figures, long least) {
      return children.entrySet().stream()
          .filter(type -> type.getValue() >= least)
          .map(type -> new Draft(List.of(), new TreeSet<>(Set.of(type.getKey())), type.getKey()))
          .toList();
    }
  }
}
