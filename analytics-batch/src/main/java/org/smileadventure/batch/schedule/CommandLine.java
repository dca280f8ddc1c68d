package org.smileadventure.batch.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The command line of a process that runs one job.
 *
 * @param job its name
 * @param parameters of the job: {@code --from=2026-01-01}
 * @param settings of the service: arguments whose name has a dot or is that of a variable, as
 *     {@code --smile.batch.role=manager} or {@code --SMILE_DATABASE_URL=…}
 */
record CommandLine(String job, Map<String, String> parameters, List<String> settings) {
  private static final String JOB = "job";
  private static final Pattern ARGUMENT = Pattern.compile("--(?<name>[^=]+)=(?<value>.*)");
  private static final Pattern SETTING = Pattern.compile(".*[.].*|[A-Z0-9_]+");

  static boolean nameAJob(String... arguments) {
    return Arrays.stream(arguments)
        .anyMatch(argument -> argument.equals("--" + JOB) || argument.startsWith("--" + JOB + "="));
  }

  /** What is wrong with an argument is the message of the exception. */
  static CommandLine parse(String... arguments) {
    var parameters = new LinkedHashMap<String, String>();
    var settings = new ArrayList<String>();
    for (var argument : arguments) {
      var parts = ARGUMENT.matcher(argument);
      if (!parts.matches()) {
        throw new IllegalArgumentException(
            "'" + argument + "' is no argument; they are --job=NAME --PARAMETER=VALUE …");
      }
      var name = parts.group("name");
      if (SETTING.matcher(name).matches()) {
        settings.add(argument);
      } else if (parameters.put(name, parts.group("value")) != null) {
        throw new IllegalArgumentException("--" + name + " is there twice");
      }
    }
    var job = parameters.remove(JOB);
    if (job == null || job.isBlank()) {
      throw new IllegalArgumentException("--job=NAME says no name");
    }
    return new CommandLine(job, parameters, settings);
  }
}
