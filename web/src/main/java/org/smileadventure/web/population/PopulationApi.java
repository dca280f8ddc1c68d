package org.smileadventure.web.population;

import java.util.List;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** What the API tells of many children together. */
@HttpExchange("/api/v1")
interface PopulationApi {
  @GetExchange("/population")
  Population population();

  record Treatments(List<Treatment> treatments) {}

  @GetExchange("/treatments")
  Treatments treatments();

  record Insights(List<Insight> insights) {}

  @GetExchange("/insights")
  Insights insights();
}
