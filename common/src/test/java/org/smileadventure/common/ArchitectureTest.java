package org.smileadventure.common;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.fixture.MachineDefaults;

class ArchitectureTest {
  private static final JavaClasses COMMON =
      new ClassFileImporter().importPath(Path.of("target", "classes"));

  @Test
  void commonKnowsNoOtherModule() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.smileadventure.ingest..",
            "org.smileadventure.batch..",
            "org.smileadventure.query..",
            "org.smileadventure.localstack..",
            "org.smileadventure.demo..",
            "org.smileadventure.benchmarks..")
        .check(COMMON);
  }

  @Test
  void eventContractKnowsNeitherCacheNorServices() {
    noClasses()
        .that()
        .resideInAPackage("..common.event..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..common.cache..", "..common.service..", "org.springframework..")
        .check(COMMON);
  }

  @Test
  void itAsksTheMachineForNoTimeZoneAndNoLanguage() {
    MachineDefaults.areNotUsedBy(COMMON);
  }
}
