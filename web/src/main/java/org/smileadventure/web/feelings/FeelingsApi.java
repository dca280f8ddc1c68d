package org.smileadventure.web.feelings;

import org.smileadventure.web.child.Child;
import org.smileadventure.web.child.Story;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** What the API tells of a child's feelings. */
@HttpExchange("/api/v1/children/{id}")
interface FeelingsApi {
  @GetExchange
  Child child(@PathVariable long id);

  @GetExchange("/analytics?fields=window,emotions,triggers,strategies,recovery,distress")
  FeelingFigures figures(@PathVariable long id, @RequestParam String window);

  @GetExchange("/story")
  Story story(@PathVariable long id, @RequestParam String window);
}
