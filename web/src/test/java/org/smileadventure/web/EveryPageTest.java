package org.smileadventure.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.web.fixture.Site;

@RealServers
@Tag("slow")
class EveryPageTest {
  private static final Path STYLES = Path.of("src/main/resources/static/assets/smile.css");

  @Test
  void everyPageCanBeReadByEverybody() {
    new Tour(Site.shared()).in("en");
  }

  /** Else colours had to be looked at in each width. */
  @Test
  void coloursDependOnNoWidth() throws IOException {
    var ofWidths =
        Pattern.compile("@media [^{]*width[^{]*\\{(?:[^{}]*\\{[^{}]*})*[^{}]*}")
            .matcher(Files.readString(STYLES))
            .results()
            .map(MatchResult::group)
            .toList();
    assertThat(ofWidths)
        .isNotEmpty()
        .noneMatch(rules -> rules.matches("(?s).*(color|background|--[a-z]|opacity|shadow).*"));
  }
}
