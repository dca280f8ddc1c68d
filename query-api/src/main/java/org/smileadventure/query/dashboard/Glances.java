package org.smileadventure.query.dashboard;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.time.Instant;
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
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the viewer's children have played. Of a guardian's each is cached by itself, so that a child
 * who plays leaves the others' in the cache. Which children these are, and what a {@link SeenChild}
 * tells of them, is read from the database each time, and may be newer for as long as an
 * invalidation is on its way. As in {@link org.smileadventure.query.answer.ChildAnswers}, what
 * others than guardians ask is not cached.
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
    try {
      return taken(cache.answers(names, TTL, missing -> computed(asked, names, missing, now)), now);
    } catch (JacksonException _) {
      // Another version of the service has cached them in a form of its own.
      var computed = computed(asked, names, names.keySet(), now);
      return taken(
          computed.entrySet().stream()
              .collect(toMap(Map.Entry::getKey, each -> each.getValue().answer())),
          now);
    }
  }

  private Taken taken(Map<ChildId, Answer> answers, Instant now) {
    return new Taken(
        answers.entrySet().stream()
            .collect(
                toMap(
                    Map.Entry::getKey,
                    each -> json.readValue(each.getValue().body(), Glance.class))),
        answers.values().stream().map(Answer::computedAt).min(Instant::compareTo).orElse(now));
  }

  private static String name(Asked asked, SeenChild child, Instant now) {
    return "viewer:" + asked.viewer().id() + ":glance:" + child.today(now);
  }

  /**
   * In a transaction that began after it was noticed what is missing, or a write could be missed.
   * Of a child who has moved to another day meanwhile nothing is kept.
   */
  private Map<ChildId, Computed> computed(
      Asked asked, Map<ChildId, String> names, Set<ChildId> missing, Instant now) {
    return children.all(
        asked.viewer(),
        asked.line(),
        () -> {
          var still =
              reader.seen(asked.viewer()).first().stream()
                  .filter(child -> missing.contains(child.id()))
                  .toList();
          var glances = reader.glances(still, now);
          return still.stream()
              .collect(
                  toMap(
                      SeenChild::id,
                      child ->
                          new Computed(
                              Answer.of(json.writeValueAsBytes(glances.get(child.id())), now),
                              name(asked, child, now).equals(names.get(child.id()))
                                  ? Instant.MAX
                                  : now)));
        });
  }
}
