package org.smileadventure.batch.schedule;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.batch.core.job.Job;
import org.springframework.stereotype.Component;

/** The jobs there are, by name. */
@Component
class Jobs {
  private final Map<String, Job> jobs = new TreeMap<>();

  Jobs(List<Job> jobs) {
    jobs.forEach(job -> this.jobs.put(job.getName(), job));
  }

  Job named(String name) {
    var job = jobs.get(name);
    if (job == null) {
      throw new IllegalArgumentException(
          "there is no job '" + name + "'; the jobs are " + jobs.keySet());
    }
    return job;
  }
}
