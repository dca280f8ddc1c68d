package org.smileadventure.batch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.fixture.MachineDefaults;

class ArchitectureTest {
  private static final JavaClasses SERVICE =
      new ClassFileImporter().importPath(Path.of("target", "classes"));

  @Test
  void ofOurOwnCodeItKnowsCommonOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat(
            JavaClass.Predicates.resideInAnyPackage(
                    "org.smileadventure.batch..", "org.smileadventure.common..")
                .or(
                    DescribedPredicate.not(
                        JavaClass.Predicates.resideInAPackage("org.smileadventure.."))))
        .check(SERVICE);
  }

  @Test
  void itsPackagesFormNoCycle() {
    slices().matching("org.smileadventure.batch.(*)..").should().beFreeOfCycles().check(SERVICE);
  }

  @Test
  void itAsksTheMachineForNoTimeZoneAndNoLanguage() {
    MachineDefaults.areNotUsedBy(SERVICE);
  }
}
