package org.smileadventure.web.children;

import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** What the API tells of all children of a viewer. */
@HttpExchange("/api/v1")
interface Dashboards {
  @GetExchange("/dashboard")
  Dashboard dashboard();
}
