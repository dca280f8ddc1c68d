package org.smileadventure.web.times;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** What the API tells of the times of a child's play. */
@HttpExchange("/api/v1/children/{id}")
interface TimesApi {
  @GetExchange("/analytics?fields=window,best_time,support,consistency")
  TimeFigures figures(@PathVariable long id, @RequestParam String window);
}
