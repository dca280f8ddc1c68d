package org.smileadventure.batch.jobs;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.service.ProblemException;
import org.springframework.http.HttpStatus;

/** What is asked of a job cannot be done as things stand; answered with 404 or 409. */
public final class JobRefusedException extends ProblemException {
  private static final long serialVersionUID = 1;

  private JobRefusedException(HttpStatus status, String why, @Nullable Throwable cause) {
    super(status, why, cause);
  }

  static JobRefusedException conflict(String why) {
    return new JobRefusedException(HttpStatus.CONFLICT, why, null);
  }

  static JobRefusedException conflict(Throwable cause) {
    return new JobRefusedException(
        HttpStatus.CONFLICT, "the job does not take this as it stands now", cause);
  }

  static JobRefusedException noSuchJob(String name, Collection<String> names) {
    return new JobRefusedException(
        HttpStatus.NOT_FOUND, "there is no job '" + name + "'; the jobs are " + names, null);
  }

  static JobRefusedException noSuchExecution(long id) {
    return new JobRefusedException(HttpStatus.NOT_FOUND, "there is no execution " + id, null);
  }

  /** One sentence for who reads it in a terminal. */
  public String why() {
    return String.valueOf(getBody().getDetail());
  }
}
