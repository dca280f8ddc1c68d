package org.smileadventure.web.child;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.function.Supplier;
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

  /** SVG that is fit to stand in a page; null: it cannot be had now. */
  public @Nullable String svg(long child, String picture, String window) {
    return orNull(() -> answers.picture(child, picture, window));
  }

  /**
   * The same of a picture in UTF-8 that the API is asked for. Without it a page still has all that
   * it shows, in words and in a table.
   */
  public static @Nullable String orNull(Supplier<byte[]> picture) {
    try {
      return new String(picture.get(), UTF_8);
    } catch (ApiAwayException | ApiProblemException _) {
      return null;
    }
  }
}
