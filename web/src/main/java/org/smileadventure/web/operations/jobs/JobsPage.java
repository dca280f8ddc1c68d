package org.smileadventure.web.operations.jobs;

import org.smileadventure.web.operations.Part;
import org.smileadventure.web.operations.Refresh;

/** All jobs, each with its last run, and the plan of the night. */
public record JobsPage(Part<JobsApi.Jobs> jobs, Refresh refresh) {}
