package org.smileadventure.web.feelings;

import org.jspecify.annotations.Nullable;
import org.smileadventure.web.child.Child;
import org.smileadventure.web.child.Story;

/**
 * How a child felt, what upset it and what helped.
 *
 * @param emotions a picture, as are the next two; null: it cannot be had now, or there is nothing
 *     to draw
 */
public record FeelingsPage(
    Child child,
    FeelingFigures figures,
    Story story,
    @Nullable String emotions,
    @Nullable String triggers,
    @Nullable String strategies) {

  /** What the story says of a topic. */
  public Story.Sentence about(String topic) {
    return story.sentences().stream()
        .filter(sentence -> sentence.topic().equals(topic))
        .findFirst()
        .orElseThrow();
  }
}
