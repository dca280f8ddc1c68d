package org.smileadventure.web.child;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;
import org.smileadventure.web.api.ApiAwayException;
import org.smileadventure.web.api.ApiProblemException;
import org.springframework.stereotype.Component;

/** Pictures of a child's figures, as the API draws them. */
@Component
public class Pictures {
  private final ChildAnswers answers;

  Pictures(ChildAnswers answers) {
    this.answers = answers;
  }

  /**
   * SVG that is fit to stand in a page; null: it cannot be had now. A page still has all that it
   * shows, in words and in a table.
   */
  public @Nullable String svg(long child, String picture, String window) {
    try {
      return new String(answers.picture(child, picture, window), UTF_8);
    } catch (ApiAwayException | ApiProblemException _) {
      return null;
    }
  }
}
