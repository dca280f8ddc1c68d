package org.smileadventure.ingest.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smileadventure.common.event.Payload.Outcome.CORRECT;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.fixture.Play;

class OpenSessionsTest {
  private static final ChildId SAM = new ChildId(1);
  private static final ChildId ZOE = new ChildId(2);

  private final OpenSessions open = new OpenSessions(100);

  @Test
  void eventsCountIfThereAreNoOthers() {
    var play = play(3);
    open.keep(play.session(), play.events());
    assertThat(open.events(play.session(), SAM, 4)).isEqualTo(play.events());
    assertThat(open.events(play.session(), SAM, 5)).isNull();
    assertThat(open.events(play.session(), SAM, 3)).isNull();
    assertThat(open.events(play.session(), ZOE, 4)).isNull();
    open.drop(play.session());
    assertThat(open.events(play.session(), SAM, 4)).isNull();
  }

  @Test
  void ofWhatIsNotStoredAllIsKnown() {
    assertThat(open.events(play(1).session(), SAM, 0)).isEmpty();
  }

  @Test
  void onlySessionsThatGoOnAreKept() {
    var ended = play(3).completed(1);
    open.keep(ended.session(), ended.events());
    assertThat(open.events(ended.session(), SAM, 5)).isNull();
    var headless = play(3).events().subList(1, 4);
    open.keep(headless.getFirst().sessionId(), headless);
    assertThat(open.events(headless.getFirst().sessionId(), SAM, 3)).isEqualTo(headless);
    var brushed =
        Play.by(SAM, Instant.parse("2025-05-05T12:00:00Z"))
            .then(Play.brushing(1, null, null, null, null))
            .events()
            .subList(1, 2);
    open.keep(brushed.getFirst().sessionId(), brushed);
    assertThat(open.events(brushed.getFirst().sessionId(), SAM, 1)).isNull();
  }

  @Test
  void noMoreEventsAreKeptThanThereIsRoomFor() {
    var plays = Stream.generate(() -> play(9)).limit(50).toList();
    plays.forEach(play -> open.keep(play.session(), play.events()));
    List<List<SessionEvent>> kept =
        plays.stream()
            .map(play -> open.events(play.session(), SAM, 10))
            .filter(events -> events != null)
            .toList();
    assertThat(kept).hasSizeBetween(1, 10);
    var large = play(100);
    open.keep(large.session(), large.events());
    assertThat(open.events(large.session(), SAM, 101)).isNull();
  }

  private static Play play(int interactions) {
    return Play.by(SAM, Instant.parse("2025-05-05T12:00:00Z")).interactions(interactions, CORRECT);
  }
}
