package org.smileadventure.query.figure;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fold.WindowMoments;
import org.smileadventure.common.metric.DaysWithoutPlay;
import org.smileadventure.common.metric.Figure;
import org.smileadventure.common.metric.Measure;
import org.smileadventure.common.metric.Needed;
import org.smileadventure.common.metric.PlayPace;
import org.smileadventure.common.store.DayRange;
import org.smileadventure.common.store.WindowReader;
import org.smileadventure.language.Language;
import org.smileadventure.query.analytics.ChildAnalytics;
import org.smileadventure.query.analytics.Period;
import org.smileadventure.query.answer.NamedChild;
import org.smileadventure.query.answer.Viewer;
import org.smileadventure.query.words.PaceWords;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a child did in a window, in the one before it, and lately.
 *
 * @param name of the child
 * @param validUntil the child's next midnight, when the days of a window become others
 * @param before null: the window has all days
 * @param lately in the last 28 days; null: the window need not end today
 * @param length of the window in days; null: it has all
 */
public record FigureWindow(
    String name,
    ZoneId zone,
    LocalDate today,
    Instant validUntil,
    String period,
    DayRange days,
    WindowMoments moments,
    @Nullable WindowMoments before,
    @Nullable WindowMoments lately,
    @Nullable Integer length) {

  /**
   * Reads it; empty if the viewer may not see the child, or there is none. In a transaction to
   * which the child was opened.
   */
  public static Optional<FigureWindow> read(
      JdbcClient jdbc, Viewer viewer, ChildId child, Period period, Instant now) {
    return NamedChild.read(jdbc, viewer, child).map(seen -> read(jdbc, child, seen, period, now));
  }

  private static FigureWindow read(
      JdbcClient jdbc, ChildId id, NamedChild child, Period period, Instant now) {
    var today = child.today(now);
    var days = period.endingOn(id, today);
    var before = days.before();
    var lately =
        period.isCustom() ? null : new DayRange(id, today.minusDays(Needed.PACE_DAYS - 1L), today);
    var moments =
        new WindowReader(jdbc)
            .read(Stream.of(days, before, lately).flatMap(Stream::ofNullable).distinct().toList());
    return new FigureWindow(
        child.name(),
        child.zone(),
        today,
        child.nextMidnight(now),
        period.name(),
        days,
        requireNonNull(moments.get(days)),
        before == null ? null : moments.get(before),
        lately == null ? null : moments.get(lately),
        period.days());
  }

  /**
   * The days without any session: from the window's first day, or else, if nothing is known of as
   * many days before, from the first one with play.
   */
  public DaysWithoutPlay withoutPlay() {
    var played = moments.playDays();
    var playedBefore =
        played.size() == 0
            ? moments.surroundings().lastPlay() != null
            : (before != null && before.sessions() > 0);
    var first = playedBefore && days.first() != null ? days.first() : played.first();
    return first == null
        ? DaysWithoutPlay.NONE
        : DaysWithoutPlay.of(first, days.last(), today, played::contains);
  }

  /**
   * What may make a figure look better than it is: it goes better than before, and the child played
   * much less or gave up more sessions.
   */
  public Optional<String> caution(Figure figure, Measure measure, Language language) {
    var daysBefore = days.before();
    if (before == null || daysBefore == null || !looksBetter(figure, measure, before)) {
      return Optional.empty();
    }
    var length = ChronoUnit.DAYS.between(requireNonNull(days.first()), days.last()) + 1;
    return new PaceWords(language, name)
        .caution(PlayPace.of(moments, length), PlayPace.of(before, length));
  }

  private static boolean looksBetter(Figure figure, Measure measure, WindowMoments before) {
    var good = figure.upIsGood() ? 1 : -1;
    var change = measure.trend().change();
    var mean = measure.mean();
    var values = before.values(figure.metric());
    return (measure.trend().certainty().tells() && change != null && change * good > 0)
        || (mean != null
            && values.n() > 0
            && (mean - figure.mean(values.n(), values.sum())) * good >= figure.leastEffect());
  }

  public ChildAnalytics.Frame frame() {
    return new ChildAnalytics.Frame(period, days.first(), days.last(), zone.getId());
  }
}
