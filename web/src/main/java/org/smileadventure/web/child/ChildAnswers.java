package org.smileadventure.web.child;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** What the API tells of a child and its figures. */
@HttpExchange("/api/v1/children/{id}")
public interface ChildAnswers {
  @GetExchange
  Child child(@PathVariable long id);

  @GetExchange("/story")
  Story story(@PathVariable long id, @RequestParam String window);

  @GetExchange("/figures/{figure}")
  Figure figure(@PathVariable long id, @PathVariable String figure, @RequestParam String window);

  /** SVG in UTF-8, fit to stand in a page. */
  @GetExchange("/pictures/{picture}")
  byte[] picture(@PathVariable long id, @PathVariable String picture, @RequestParam String window);
}
