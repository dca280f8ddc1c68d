package org.smileadventure.web.operations.jobs;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.operations.Part;
import org.smileadventure.web.operations.Refresh;
import org.smileadventure.web.page.Choice;
import org.smileadventure.web.page.Form;
import org.smileadventure.web.page.Page;

/**
 * A run, and how far it is.
 *
 * @param ranges of a step; null: none was asked for
 * @param step whose ranges are shown; null: none
 * @param status of the ranges that are shown; null: any
 * @param problem why nothing was done; null: nothing is wrong
 */
public record RunPage(
    long id,
    Part<Run> run,
    @Nullable Part<JobsApi.Ranges> ranges,
    @Nullable String step,
    @Nullable String status,
    @Nullable String problem,
    Form form,
    Refresh refresh) {
  private static final List<String> STATUSES =
      List.of("STARTING", "STARTED", "STOPPED", "COMPLETED", "FAILED");

  public static List<Choice> statuses(Page page) {
    return STATUSES.stream()
        .map(status -> new Choice(status, page.text("jobs.status-" + status)))
        .toList();
  }

  /** What a run was told; a time as people write it. */
  public static String shown(String told, Page page) {
    try {
      return page.dates().second(Instant.parse(told));
    } catch (DateTimeException _) {
      return told;
    }
  }
}
