package org.smileadventure.web.feelings;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** What the API tells of a child's feelings. */
@HttpExchange("/api/v1/children/{id}")
interface FeelingsApi {
  @GetExchange("/analytics?fields=window,emotions,triggers,strategies,recovery,distress")
  FeelingFigures figures(@PathVariable long id, @RequestParam String window);
}
