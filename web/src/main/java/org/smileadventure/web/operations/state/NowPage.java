package org.smileadventure.web.operations.state;

import java.time.Instant;
import org.smileadventure.web.operations.Part;
import org.smileadventure.web.operations.Refresh;
import org.smileadventure.web.operations.ingest.Backlog;
import org.smileadventure.web.operations.jobs.JobsApi;

/**
 * Whether the promises are kept now.
 *
 * @param at when the services were asked
 */
public record NowPage(
    Part<StateApi.Promises> promises,
    Part<Backlog> ingest,
    Part<JobsApi.Jobs> jobs,
    Instant at,
    Refresh refresh) {}
