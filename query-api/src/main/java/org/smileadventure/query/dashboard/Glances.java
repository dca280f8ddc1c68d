package org.smileadventure.query.dashboard;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.smileadventure.common.cache.Answer;
import org.smileadventure.common.cache.AnswerCache;
import org.smileadventure.common.cache.AnswerCache.Computed;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.query.answer.Asked;
import org.smileadventure.query.answer.OpenedChildren;
import org.smileadventure.query.dashboard.DashboardReader.Seen;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the viewer's children have played. Of a guardian's each is cached by itself, so that a child
 * who plays leaves the others' in the cache; which children these are, and what is known of them
 * beside their play, is read from the database each time. As in {@link
 * org.smileadventure.query.answer.ChildAnswers}, what others than guardians ask is not cached.
 */
@Component
class Glances {
  private static final Duration TTL = Duration.ofMinutes(15);

  private final AnswerCache cache;
  private final OpenedChildren children;
  private final DashboardReader reader;
  private final JsonMapper json;

  Glances(AnswerCache cache, OpenedChildren children, DashboardReader reader, JsonMapper json) {
    this.cache = cache;
    this.children = children;
    this.reader = reader;
    this.json = json;
  }

  /**
   * At the children that were seen; not at those who are not to be seen any more.
   *
   * @param computedAt of the oldest
   */
  record Taken(Map<ChildId, Glance> glances, Instant computedAt) {}

  Taken of(Asked asked, Seen seen, Instant now) {
    var names =
        seen.first().stream().collect(toMap(SeenChild::id, child -> name(asked, child, now)));
    var answers = cache.answers(names, TTL, missing -> computed(asked, missing, now));
    return new Taken(
        answers.entrySet().stream()
            .collect(toMap(Map.Entry::getKey, each -> glance(each.getValue()))),
        answers.values().stream().map(Answer::computedAt).min(Instant::compareTo).orElse(now));
  }

  /** Of another form it needs another name: other versions of the service read it. */
  private static String name(Asked asked, SeenChild child, Instant now) {
    return "viewer:" + asked.viewer().id() + ":glance:" + child.today(now);
  }

  /**
   * In a transaction that began after it was noticed what is missing, or a write could be missed.
   */
  private Map<ChildId, Computed> computed(Asked asked, Set<ChildId> missing, Instant now) {
    return children.all(
        asked.viewer(),
        asked.line(),
        () -> {
          List<SeenChild> still =
              reader.seen(asked.viewer()).first().stream()
                  .filter(child -> missing.contains(child.id()))
                  .toList();
          return reader.glances(still, now).entrySet().stream()
              .collect(toMap(Map.Entry::getKey, each -> computed(each.getValue(), now)));
        });
  }

  private Computed computed(Glance glance, Instant now) {
    return new Computed(Answer.of(json.writeValueAsBytes(glance), now), Instant.MAX);
  }

  private Glance glance(Answer answer) {
    return json.readValue(answer.body(), Glance.class);
  }
}
