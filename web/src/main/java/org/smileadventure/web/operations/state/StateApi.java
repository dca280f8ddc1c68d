package org.smileadventure.web.operations.state;

import java.util.List;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** What query-api tells of all services together. */
@HttpExchange("/api/v1/operations")
interface StateApi {
  record Promises(List<Promised> promises) {}

  @GetExchange("/promises")
  Promises promises();

  @GetExchange("/data")
  StoredData data();

  record Instances(List<Instance> items) {}

  @GetExchange("/instances")
  Instances instances();
}
