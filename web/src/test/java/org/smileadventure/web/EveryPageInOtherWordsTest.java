package org.smileadventure.web;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.web.fixture.Site;

/** Apart from {@link EveryPageTest}, so that both are looked at side by side. */
@RealServers
@Tag("slow")
class EveryPageInOtherWordsTest {
  private static final Tour TOUR = new Tour(Site.shared());

  @ParameterizedTest
  @ValueSource(strings = {"it", "en-XA", "ar-XB"})
  void everyPageCanBeReadByEverybody(String language) {
    TOUR.in(language);
  }
}
