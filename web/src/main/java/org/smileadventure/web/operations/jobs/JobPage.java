package org.smileadventure.web.operations.jobs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.operations.Part;
import org.smileadventure.web.page.Choice;
import org.smileadventure.web.page.Form;
import org.smileadventure.web.page.Page;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * A job and its runs.
 *
 * @param filter the form that chooses runs
 * @param history null: it was not asked for, as the form is wrong
 * @param starting the form to start it
 */
public record JobPage(
    String name,
    Form filter,
    @Nullable Part<JobsApi.History> history,
    boolean isFirst,
    Form starting) {
  private static final Map<String, List<String>> ARGUMENTS =
      Map.of("backfill", List.of("from", "to", "children"), "retention", List.of("before"));
  private static final List<String> STATUSES =
      List.of("COMPLETED", "STARTING", "STARTED", "STOPPING", "STOPPED", "FAILED", "ABANDONED");

  /** What a job may be told. */
  static List<String> arguments(String job) {
    return ARGUMENTS.getOrDefault(job, List.of());
  }

  public List<String> arguments() {
    return arguments(name);
  }

  public static List<Choice> statuses(Page page) {
    return STATUSES.stream()
        .map(status -> new Choice(status, page.text("jobs.status-" + status)))
        .toList();
  }

  /** The address of the runs from this place on. */
  public String path(@Nullable String cursor) {
    var uri = UriComponentsBuilder.fromPath("/operations/jobs/{name}");
    filter.values().forEach((field, value) -> uri.queryParam(field, "{" + field + "}"));
    if (cursor != null) {
      uri.queryParam("cursor", "{cursor}");
    }
    var variables = new HashMap<String, Object>(filter.values());
    variables.put("name", name);
    variables.put("cursor", cursor == null ? "" : cursor);
    return uri.encode().buildAndExpand(variables).toUriString();
  }
}
