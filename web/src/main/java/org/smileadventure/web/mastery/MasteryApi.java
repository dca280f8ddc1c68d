package org.smileadventure.web.mastery;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** What the API tells of how far a child has got. */
@HttpExchange("/api/v1/children/{id}")
interface MasteryApi {
  @GetExchange("/mastery")
  Mastery mastery(@PathVariable long id);
}
