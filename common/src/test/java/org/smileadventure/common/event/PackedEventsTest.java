package org.smileadventure.common.event;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.fixture.RandomEvent;
import org.smileadventure.common.fixture.RandomPlay;

class PackedEventsTest {
  private static final int SESSIONS = Integer.getInteger("smile.inputs", 500);
  private static final ChildId SAM = new ChildId(7);
  private static final Instant NOON = Instant.parse("2026-05-20T10:00:00.000001Z");

  /** As the first version wrote it. Rows are kept for years: it has to be read for ever. */
  private static final String OF_VERSION_1 =
      "AXj5AXkjNzNSMFQwNDe3NDIHKQADQy40AQPyKlZo9Rl1eElGHqgU0LUwNjK1MDOBmYqWaGoZDBWMFXRNIZJcUMVmYBcZGRNuQtQyAADMdj2E";

  @Test
  void whatIsUnpackedIsToTheByteWhatWasPacked() {
    var random = new Random();
    for (int i = 0; i < SESSIONS; i++) {
      var seed = random.nextLong();
      var drawn = new Random(seed);
      for (var told : sessions(RandomPlay.by(SAM, drawn))) {
        var parts = received(told, drawn);
        var packed = EventChunk.pack(parts).orElseThrow();
        var unpacked = EventChunk.parts(packed, Instant.EPOCH);
        assertThat(unpacked).as("seed %d", seed).hasSameSizeAs(parts);
        for (int p = 0; p < parts.size(); p++) {
          assertThat(unpacked.get(p).json()).as("seed %d", seed).isEqualTo(parts.get(p).json());
          assertThat(unpacked.get(p).receivedAt()).isEqualTo(parts.get(p).receivedAt());
        }
        assertThat(EventChunk.read(told.getFirst().sessionId(), SAM, packed))
            .as("seed %d", seed)
            .isEqualTo(told);
      }
    }
  }

  /** Of all fields of the contract, with any values and any characters. */
  @Test
  void anyPayloadThatIsStoredIsPackedAsItIs() throws InvalidEventException {
    var codec = new EventCodec(InstantSource.fixed(ExampleEvents.NOW));
    var random = new Random(12);
    var packed = 0;
    for (var type : EventType.values()) {
      for (int i = 0; i < SESSIONS / 10; i++) {
        var sent =
            RandomEvent.of(
                type, ExampleEvents.SESSION, ExampleEvents.CHILD, 7, ExampleEvents.NOW, random);
        if (sent.wrong() == null) {
          var event = codec.decode(Message.binary(type.wireName()).holding(sent.data()));
          var part = new ReceivedEvents(NOON, EventChunk.write(List.of(event)));
          var bytes = EventChunk.pack(List.of(part)).orElseThrow();
          assertThat(EventChunk.parts(bytes, NOON).getFirst().json()).isEqualTo(part.json());
          packed++;
        }
      }
    }
    assertThat(packed).isPositive();
  }

  @Test
  void whatWasPackedByTheFirstVersionIsStillRead() {
    var parts = EventChunk.parts(Base64.getDecoder().decode(OF_VERSION_1), Instant.EPOCH);
    assertThat(parts).extracting(part -> text(part.json())).containsExactly(FIRST, SECOND);
    assertThat(parts)
        .extracting(ReceivedEvents::receivedAt)
        .containsExactly(NOON, NOON.minusSeconds(5));
  }

  private static final String FIRST =
      "[[1,\"session.started\",1779271200000000,{\"sessionType\":\"dental_visit\",\"scenarioName\":\"Zähne\"}],"
          + "[2,\"help.requested\",946684800000000,{}]]";
  private static final String SECOND =
      "[[3,\"session.ended\",1779271260000123,{\"status\":\"completed\"}]]";

  @Test
  void anUnknownVersionIsRefused() {
    var packed = EventChunk.pack(List.of(part(FIRST, NOON))).orElseThrow();
    packed[0]++;
    assertThatThrownBy(() -> EventChunk.parts(packed, NOON))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("version 2");
    assertThatThrownBy(() -> EventChunk.parts(new byte[0], NOON))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aBrokenRowIsRefused() {
    var packed = EventChunk.pack(List.of(part(FIRST, NOON))).orElseThrow();
    for (int i = 1; i < packed.length; i++) {
      var broken = packed.clone();
      broken[i] ^= 0x10;
      assertThatThrownBy(() -> EventChunk.parts(broken, NOON))
          .as("byte %d", i)
          .isInstanceOf(IllegalStateException.class);
      var cut = Arrays.copyOf(packed, i);
      assertThatThrownBy(() -> EventChunk.parts(cut, NOON))
          .as("cut at %d", i)
          .isInstanceOf(IllegalStateException.class);
    }
  }

  /** Somebody has put it in by hand. */
  @Test
  void whatIsOfAnotherFormIsNotPacked() {
    assertThat(EventChunk.pack(List.of(part(FIRST.replace(",", ", "), NOON)))).isEmpty();
    assertThat(
            EventChunk.pack(
                List.of(part("[[1,\"help.requested\",0,{}],[3,\"help.requested\",0,{}]]", NOON))))
        .isEmpty();
    assertThatThrownBy(() -> EventChunk.pack(List.of(part("[[1,", NOON))))
        .isInstanceOf(IllegalStateException.class);
  }

  private static ReceivedEvents part(String json, Instant at) {
    return new ReceivedEvents(at, json.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }

  private static Collection<List<SessionEvent>> sessions(List<SessionEvent> told) {
    return told.stream()
        .sorted(Comparator.comparingInt(SessionEvent::sequence))
        .collect(groupingBy(SessionEvent::sessionId))
        .values();
  }

  /** In pieces, each with consecutive events, that came in any order. */
  private static List<ReceivedEvents> received(List<SessionEvent> told, Random random) {
    var parts = new ArrayList<ReceivedEvents>();
    for (int from = 0; from < told.size(); ) {
      var to = from + 1;
      while (to < told.size()
          && told.get(to).sequence() == told.get(to - 1).sequence() + 1
          && random.nextInt(7) > 0) {
        to++;
      }
      parts.add(
          new ReceivedEvents(
              NOON.plusSeconds(random.nextInt(1_000) - 500),
              EventChunk.write(told.subList(from, to).stream().map(DecodedEvent::of).toList())));
      from = to;
    }
    return parts;
  }
}
