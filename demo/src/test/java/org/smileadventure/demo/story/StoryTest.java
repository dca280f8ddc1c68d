package org.smileadventure.demo.story;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.smileadventure.common.metric.Trend.Direction.IMPROVING;
import static org.smileadventure.demo.story.StoryChild.LITTLE_LUCA;
import static org.smileadventure.demo.story.StoryChild.LUCA;
import static org.smileadventure.demo.story.StoryChild.MARIA;
import static org.smileadventure.demo.story.StoryChild.MARYAM;
import static org.smileadventure.demo.story.StoryChild.NIKOS;
import static org.smileadventure.demo.story.StoryChild.SOFIA;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.EventCodec;
import org.smileadventure.common.event.InvalidEventException;
import org.smileadventure.common.event.Payload.ActivityRecorded;
import org.smileadventure.common.event.Payload.SessionEnded;
import org.smileadventure.common.event.Payload.SessionStarted;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.WireName;
import org.smileadventure.common.fold.ActivityFigures;
import org.smileadventure.common.fold.Metric;
import org.smileadventure.common.fold.SessionFigures;
import org.smileadventure.common.fold.SessionFold;
import org.smileadventure.common.fold.WindowMoments;
import org.smileadventure.common.metric.Certainty;
import org.smileadventure.common.metric.LineFit;
import org.smileadventure.common.metric.PhaseEffect;
import org.smileadventure.common.metric.PhaseEffect.Reading;
import org.smileadventure.common.metric.PhaseFigure;
import org.smileadventure.common.metric.Recommendation;
import org.smileadventure.common.metric.Risk;
import org.smileadventure.common.metric.WindowFigures;

/** Each child's story is in its figures, whatever day it is. */
class StoryTest {
  private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
  private static final int QUARTER = 90;
  private static final int YEAR = 365;

  private static final Map<StoryChild, ChildId> CHILDREN = new EnumMap<>(StoryChild.class);

  static {
    for (var child : StoryChild.values()) {
      CHILDREN.put(child, new ChildId(CHILDREN.size() + 1L));
    }
  }

  /** Every day of a week, in winter and in summer, and just after midnight and before it. */
  static Stream<Instant> times() {
    var days = IntStream.range(0, 7).mapToObj(day -> NOON.plus(Duration.ofDays(day)));
    var others =
        Stream.of("2027-07-04T03:00:00Z", "2027-03-28T23:30:00Z", "2028-02-29T22:30:00Z")
            .map(Instant::parse);
    return Stream.concat(days, others);
  }

  @Test
  void isTheSameEachTime() {
    assertThat(Story.events(CHILDREN, NOON)).isEqualTo(Story.events(CHILDREN, NOON));
  }

  @Test
  void isSmallEnoughForADemoOfAMinute() {
    assertThat(Story.events(CHILDREN, NOON)).hasSizeBetween(5_000, 40_000);
  }

  @ParameterizedTest
  @MethodSource("times")
  void keepsToTheContract(Instant now) throws InvalidEventException {
    var codec = new EventCodec(InstantSource.fixed(now));
    for (var event : Story.events(CHILDREN, now)) {
      var sent = codec.encode("topic", event);
      assertThat(codec.decode(sent.headers(), sent.value()).event()).isEqualTo(event);
    }
  }

  @ParameterizedTest
  @MethodSource("times")
  void isToldFromStartToEndWithinTheYearThatEndedYesterday(Instant now) {
    var events = Story.events(CHILDREN, now);
    assertThat(events)
        .extracting(SessionEvent::occurredAt)
        .isSorted()
        .allMatch(time -> time.isBefore(now) && time.isAfter(now.minus(Duration.ofDays(YEAR))));
    events.stream()
        .collect(groupingBy(SessionEvent::sessionId))
        .values()
        .forEach(
            session -> {
              assertThat(session)
                  .extracting(SessionEvent::sequence)
                  .isEqualTo(IntStream.rangeClosed(1, session.size()).boxed().toList());
              assertThat(session.getFirst().payload())
                  .isInstanceOfAny(SessionStarted.class, ActivityRecorded.class);
              assertThat(session.getFirst().payload() instanceof SessionStarted)
                  .isEqualTo(
                      session.stream().anyMatch(event -> event.payload() instanceof SessionEnded));
            });
  }

  @ParameterizedTest
  @MethodSource("times")
  void hasNoSessionWhoseFieldsContradictEachOther(Instant now) {
    for (var child : StoryChild.values()) {
      assertThat(Played.by(child, now).notes()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("times")
  void dentalAnxietyFallsOverTwelveWeeks(Instant now) {
    var luca = Played.by(LUCA, now);
    var quarter = luca.figures(QUARTER);
    assertThat(quarter.score().trend().direction()).isEqualTo(IMPROVING);
    assertThat(luca.figures(30).score().trend().direction()).isEqualTo(IMPROVING);
    assertThat(quarter.recovery().trend().direction()).isEqualTo(IMPROVING);
    var distress = luca.distress(QUARTER);
    assertThat(distress.slope()).isLessThan(-3 * distress.standardError());
    assertThat(luca.distress(30).slope()).isNegative();
    assertThat(luca.dentalDistress(14)).isLessThan(0.4 * luca.dentalDistress(70, 84));
    assertThat(luca.anxietyBefore(1, 28)).isLessThan(luca.anxietyBefore(56, 84) - 1.5);
    assertThat(luca.anxietyAfter(1, 28)).isLessThan(luca.anxietyAfter(56, 84) - 1);
  }

  @ParameterizedTest
  @MethodSource("times")
  void noiseLeadsIntoDistressAndBreathingHelps(Instant now) {
    var figures = Played.by(SOFIA, now).figures(QUARTER);
    assertThat(figures.triggers().items())
        .filteredOn(item -> item.trigger().equals("noise"))
        .singleElement()
        .satisfies(
            noise -> {
              assertThat(noise.n()).isGreaterThan(15);
              assertThat(noise.lift()).isGreaterThan(2);
              assertThat(noise.certainty()).isEqualTo(Certainty.CLEAR);
            });
    assertThat(figures.triggers().items())
        .filteredOn(item -> !item.trigger().equals("noise"))
        .isNotEmpty()
        .allMatch(item -> item.lift() == null || item.lift() < 1.5);
    assertThat(figures.strategies().items())
        .filteredOn(item -> item.strategy().equals("deep_breathing"))
        .singleElement()
        .satisfies(
            breathing -> {
              assertThat(breathing.effectiveness()).isGreaterThan(4);
              assertThat(breathing.calming().difference()).isLessThan(-10);
              assertThat(breathing.certainty()).isEqualTo(Certainty.CLEAR);
            });
    assertThat(figures.recommendations())
        .extracting(Recommendation::rule)
        .contains(Recommendation.Rule.AVOID_TRIGGER, Recommendation.Rule.USE_STRATEGY);
  }

  @ParameterizedTest
  @MethodSource("times")
  void figuresDifferBeforeAndAfterTheTherapyBegan(Instant now) {
    var maria = Played.by(MARIA, now);
    var before = maria.figures(maria.today.minusDays(271), maria.today.minusDays(183));
    var after = maria.figures(maria.today.minusDays(181), maria.today.minusDays(92));
    assertThat(before.score().n()).isGreaterThan(10);
    assertThat(rise(after.score().mean(), before.score().mean())).isGreaterThan(10);
    assertThat(rise(after.engagement().mean(), before.engagement().mean())).isGreaterThan(7);
    assertThat(rise(after.success().mean(), before.success().mean())).isGreaterThan(7);
    assertThat(MARIA.profile(maria.today).get("current_therapies"))
        .asString()
        .contains(maria.today.minusDays(182).toString());
  }

  @ParameterizedTest
  @MethodSource("times")
  void therapyIsToldToHaveAnEffectBeyondWhatWasUnderWay(Instant now) {
    var maria = Played.by(MARIA, now);
    for (var figure : List.of(PhaseFigure.SCORE, PhaseFigure.SUCCESS, PhaseFigure.ENGAGEMENT)) {
      var effect = maria.effect(figure, TherapyBegins.BEGAN + 180, TherapyBegins.BEGAN);
      assertThat(effect.reading()).as("%s %s", figure, effect).isEqualTo(Reading.BETTER);
      assertThat(effect.certainty()).as("%s", figure).isEqualTo(Certainty.CLEAR);
      assertThat(known(effect.change()).correctedTau().low()).isPositive();
    }
  }

  /** A therapy that begins while the fear falls anyway. */
  @ParameterizedTest
  @MethodSource("times")
  void riseThatBeganBeforeTheTherapyIsToldSo(Instant now) {
    var luca = Played.by(LUCA, now);
    var effect =
        luca.effect(
            PhaseFigure.SCORE, DentalAnxietyFalls.FALLS_FOR, DentalAnxietyFalls.THERAPY_BEGAN);
    assertThat(effect.reading()).as("%s", effect).isEqualTo(Reading.ALREADY_BETTER);
    assertThat(known(effect.change()).tau().low()).isPositive();
    assertThat(known(effect.change()).baselineCorrected()).isTrue();
    assertThat(known(effect.change()).correctedTau().low()).isNegative();
    assertThat(LUCA.phases(luca.today))
        .extracting(StoryPhase::day)
        .containsExactly(luca.today.minusDays(84), luca.today.minusDays(42));
  }

  @ParameterizedTest
  @MethodSource("times")
  void supportMakesAClearDifferenceToEngagement(Instant now) {
    var figures = Played.by(MARYAM, now).figures(QUARTER);
    assertThat(figures.support().engagement().with().n()).isGreaterThan(8);
    assertThat(figures.support().engagement().without().n()).isGreaterThan(8);
    assertThat(Objects.requireNonNull(figures.support().engagement().interval()).low())
        .isGreaterThan(5);
  }

  @ParameterizedTest
  @MethodSource("times")
  void threeSessionsAreTooFewToTell(Instant now) {
    var figures = Played.by(LITTLE_LUCA, now).figures(YEAR);
    assertThat(figures.totals().all().sessions()).isEqualTo(3);
    assertThat(figures.score().n()).isEqualTo(3);
    assertThat(figures.score().trend().direction()).isNull();
    assertThat(figures.score().trend().lack()).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("times")
  void longSilenceIsNoticed(Instant now) {
    var nikos = Played.by(NIKOS, now);
    assertThat(nikos.figures(30).totals().all().sessions()).isZero();
    assertThat(nikos.figures(QUARTER).totals().all().sessions()).isGreaterThan(5);
    assertThat(nikos.figures(30).risks()).extracting(Risk::rule).contains(Risk.Rule.LONG_SILENCE);
    assertThat(nikos.figures(YEAR).totals().all().sessions()).isGreaterThan(90);
  }

  @ParameterizedTest
  @MethodSource("times")
  void theOthersHavePlayedInThePastWeek(Instant now) {
    for (var child : List.of(LUCA, SOFIA, MARIA, MARYAM)) {
      assertThat(Played.by(child, now).figures(7).totals().all().sessions())
          .as("%s", child)
          .isPositive();
      assertThat(Played.by(child, now).figures(YEAR).totals().all().sessions()).isGreaterThan(100);
    }
  }

  @ParameterizedTest
  @MethodSource("times")
  void chanceTellsNoOtherStory(Instant now) {
    for (var child : StoryChild.values()) {
      for (var days : List.of(7, 30, QUARTER, YEAR)) {
        var figures = Played.by(child, now).figures(days);
        assertThat(figures.risks()).as("%s in %d days", child, days).allMatch(_ -> child == NIKOS);
        assertThat(figures.recommendations())
            .extracting(Recommendation::rule)
            .as("%s in %d days", child, days)
            .doesNotContain(Recommendation.Rule.DECREASE_DIFFICULTY)
            .doesNotContain(
                child == MARYAM
                    ? Recommendation.Rule.TAKE_BREAKS
                    : Recommendation.Rule.PLAY_WITH_SUPPORT);
      }
    }
  }

  @Test
  void twoOfOneFamilyShareAName() {
    assertThat(LUCA.firstName).isEqualTo(LITTLE_LUCA.firstName);
    assertThat(LUCA.parent).isEqualTo(LITTLE_LUCA.parent);
  }

  @Test
  void everyChildIsMarkedAsMadeUp() {
    for (var child : StoryChild.values()) {
      assertThat((String) child.profile(LocalDate.EPOCH).get("behavioral_notes"))
          .startsWith("Made up for the demo. ");
    }
  }

  private static double rise(@Nullable Double after, @Nullable Double before) {
    return known(after) - known(before);
  }

  private static <T> T known(@Nullable T figure) {
    return Objects.requireNonNull(figure);
  }

  /** What a child did, folded as the services do. */
  private record Played(
      LocalDate today,
      List<SessionFigures> sessions,
      List<Activity> activities,
      List<String> notes) {

    private record Activity(ActivityFigures figures, int before, int after) {}

    static Played by(StoryChild child, Instant now) {
      var sessions = new ArrayList<SessionFigures>();
      var activities = new ArrayList<Activity>();
      var notes = new ArrayList<String>();
      Story.events(Map.of(child, new ChildId(1)), now).stream()
          .collect(groupingBy(SessionEvent::sessionId))
          .values()
          .forEach(
              events -> {
                SessionFold.of(events, null, child.zone, false)
                    .ifPresent(
                        session -> {
                          sessions.add(session.figures());
                          session
                              .details()
                              .qualityNotes()
                              .forEach(note -> notes.add(note.toString()));
                        });
                for (var event : events) {
                  if (event.payload() instanceof ActivityRecorded activity) {
                    activities.add(activity(child, event, activity));
                  }
                }
              });
      return new Played(LocalDate.ofInstant(now, child.zone), sessions, activities, notes);
    }

    private static Activity activity(
        StoryChild child, SessionEvent event, ActivityRecorded activity) {
      var before = Objects.requireNonNull(activity.anxietyLevelBefore());
      var after = Objects.requireNonNull(activity.anxietyLevelAfter());
      return new Activity(
          new ActivityFigures(
              event.childId(),
              LocalDate.ofInstant(event.occurredAt(), child.zone),
              WireName.of(activity.activityType()),
              10,
              false,
              WireName.ofAny(activity.emotionalStateBefore()),
              WireName.ofAny(activity.emotionalStateAfter()),
              before,
              after),
          before,
          after);
    }

    WindowFigures figures(int days) {
      return figures(today.minusDays(days - 1L), today);
    }

    WindowFigures figures(LocalDate first, LocalDate last) {
      return WindowFigures.of(moments(first, last), first, last);
    }

    /** Of a phase that began so many days ago against the days before it. */
    PhaseEffect effect(PhaseFigure figure, int before, int began) {
      return PhaseEffect.of(
          figure,
          PhaseEffect.values(figure, between(today.minusDays(before), today.minusDays(began + 1L))),
          PhaseEffect.values(figure, between(today.minusDays(began), today)));
    }

    private WindowMoments moments(LocalDate first, LocalDate last) {
      var days = ChronoUnit.DAYS.between(first, last) + 1;
      var lastPlay =
          sessions.stream()
              .map(SessionFigures::day)
              .filter(day -> !day.isAfter(last))
              .max(LocalDate::compareTo)
              .orElse(null);
      var before = between(first.minusDays(days), first.minusDays(1));
      return WindowMoments.of(
          List.of(),
          between(first, last),
          activities.stream()
              .map(Activity::figures)
              .filter(activity -> isWithin(activity.day(), first, last))
              .toList(),
          new WindowMoments.Surroundings((long) before.size(), null, lastPlay, null));
    }

    private List<SessionFigures> between(LocalDate first, LocalDate last) {
      return sessions.stream().filter(session -> isWithin(session.day(), first, last)).toList();
    }

    private static boolean isWithin(LocalDate day, LocalDate first, LocalDate last) {
      return !day.isBefore(first) && !day.isAfter(last);
    }

    /** Where the seconds of distress go, by day. */
    LineFit distress(int days) {
      var values = moments(today.minusDays(days - 1L), today).values(Metric.DISTRESS);
      return LineFit.of(
          values.n(),
          BigDecimal.valueOf(values.x()),
          BigDecimal.valueOf(values.xx()),
          BigDecimal.valueOf(values.sum()),
          new BigDecimal(values.sumSq()),
          new BigDecimal(values.xy()));
    }

    /** Mean seconds of distress at the dentist's, in the last so many days. */
    double dentalDistress(int days) {
      return dentalDistress(1, days);
    }

    double dentalDistress(int from, int to) {
      return sessions.stream()
          .filter(session -> "dental_visit".equals(session.type()))
          .filter(session -> wasAgo(session.day(), from, to))
          .mapToInt(session -> Objects.requireNonNull(session.distressSeconds()))
          .average()
          .orElseThrow();
    }

    double anxietyBefore(int from, int to) {
      return ago(from, to).mapToInt(Activity::before).average().orElseThrow();
    }

    double anxietyAfter(int from, int to) {
      return ago(from, to).mapToInt(Activity::after).average().orElseThrow();
    }

    private Stream<Activity> ago(int from, int to) {
      return activities.stream().filter(activity -> wasAgo(activity.figures().day(), from, to));
    }

    private boolean wasAgo(LocalDate day, int from, int to) {
      return isWithin(day, today.minusDays(to), today.minusDays(from));
    }
  }
}
