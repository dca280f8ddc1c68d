package org.smileadventure.batch.jobs;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.regex.Pattern;
import org.smileadventure.common.store.Fault;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.stereotype.Component;

/**
 * Has the history of jobs keep why something failed without what it failed at: Spring Batch stores
 * the whole trace, in which the words of libraries may quote statements and rows.
 */
@Component
class ExitMessages implements BeanPostProcessor {
  private static final Pattern OURS = Pattern.compile("org\\.smileadventure\\.[\\w.$]+: .*");

  /** How a trace begins; what does not begin so is a sentence of our own. */
  private static final Pattern TYPE = Pattern.compile("(?:[a-z]\\w*\\.)+[\\w$]+");

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return bean instanceof JobRepository repository ? discreet(repository) : bean;
  }

  private static Object discreet(JobRepository repository) {
    return Proxy.newProxyInstance(
        JobRepository.class.getClassLoader(),
        new Class<?>[] {JobRepository.class},
        (_, method, arguments) -> {
          for (var argument : arguments == null ? new Object[0] : arguments) {
            switch (argument) {
              case StepExecution step ->
                  step.setExitStatus(discreet(step.getExitStatus(), step.getFailureExceptions()));
              case JobExecution job ->
                  job.setExitStatus(discreet(job.getExitStatus(), job.getFailureExceptions()));
              case null, default -> {}
            }
          }
          try {
            return method.invoke(repository, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  private static ExitStatus discreet(ExitStatus status, List<Throwable> failures) {
    var said = status.getExitDescription().lines().findFirst().orElse("");
    var type = TYPE.matcher(said);
    if (!type.lookingAt() || OURS.matcher(said).matches()) {
      return said.equals(status.getExitDescription())
          ? status
          : new ExitStatus(status.getExitCode(), said);
    }
    var fault =
        failures.stream()
            .filter(RuntimeException.class::isInstance)
            .map(failure -> ": " + Fault.description((RuntimeException) failure))
            .reduce("", (_, last) -> last);
    return new ExitStatus(status.getExitCode(), type.group() + fault);
  }
}
