package org.smileadventure.query;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.fixture.MachineDefaults;

class ArchitectureTest {
  private final JavaClasses service =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.smileadventure.query");

  @Test
  void ofOurOwnCodeItKnowsCommonAndTheLanguagesOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat(
            JavaClass.Predicates.resideInAnyPackage(
                    "org.smileadventure.query..",
                    "org.smileadventure.common..",
                    "org.smileadventure.language..")
                .or(
                    DescribedPredicate.not(
                        JavaClass.Predicates.resideInAPackage("org.smileadventure.."))))
        .check(service);
  }

  @Test
  void itsPackagesFormNoCycle() {
    slices().matching("org.smileadventure.query.(*)..").should().beFreeOfCycles().check(service);
  }

  @Test
  void itAsksTheMachineForNoTimeZoneAndNoLanguage() {
    MachineDefaults.areNotUsedBy(service);
  }
}
