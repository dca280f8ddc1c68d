package org.smileadventure.web.operations.ingest;

import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** What ingest-service tells of its own work. */
@HttpExchange("/api/v1/ingest")
public interface IngestApi {
  @GetExchange("/partitions")
  Backlog partitions();
}
