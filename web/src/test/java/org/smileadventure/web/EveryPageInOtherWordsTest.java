package org.smileadventure.web;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.web.fixture.Site;

/** Apart from {@link EveryPageTest}, so that both are looked at side by side. */
@RealServers
@Tag("slow")
class EveryPageInOtherWordsTest {
  private static final Tour TOUR = new Tour(Site.shared());

  @ParameterizedTest
  @MethodSource("languages")
  void everyPageCanBeReadByEverybody(String language) {
    TOUR.in(language);
  }

  /** Words that are longer than any; real ones, and the other direction, where all is looked at. */
  static Stream<String> languages() {
    return Tour.ALL ? Stream.of("it", "en-XA", "ar-XB") : Stream.of("en-XA");
  }
}
