package org.smileadventure.batch;

import org.smileadventure.batch.audit.AuditProcess;
import org.smileadventure.batch.schedule.JobProcess;
import org.smileadventure.common.service.Anywhere;
import org.smileadventure.common.service.ServiceDefaults;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Import;

/** Precomputes the analytics of each child into summary tables. */
@SpringBootApplication
@ConfigurationPropertiesScan
@Import(ServiceDefaults.class)
public class AnalyticsBatch {
  static {
    // Spring Batch stores what the clock shows in the zone of its JVM. Others read it too.
    Anywhere.run();
  }

  public static void main(String[] arguments) {
    if (AuditProcess.isMeantBy(arguments)) {
      System.exit(AuditProcess.run(arguments));
    }
    if (JobProcess.isMeantBy(arguments)) {
      System.exit(JobProcess.run(AnalyticsBatch.class, arguments));
    }
    SpringApplication.run(AnalyticsBatch.class, arguments);
  }
}
