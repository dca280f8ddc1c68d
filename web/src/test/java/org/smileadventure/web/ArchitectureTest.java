package org.smileadventure.web;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses PAGES =
      new ClassFileImporter().importPath(Path.of("target", "classes"));

  @Test
  void ofOurOwnCodeItKnowsTheLanguagesOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat(
            JavaClass.Predicates.resideInAnyPackage(
                    "org.smileadventure.web..", "org.smileadventure.language..")
                .or(
                    DescribedPredicate.not(
                        JavaClass.Predicates.resideInAPackage("org.smileadventure.."))))
        .check(PAGES);
  }

  @Test
  void itKnowsNoDatabaseNoCacheAndNoBroker() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.sql..",
            "javax.sql..",
            "redis..",
            "org.apache.kafka..",
            "org.springframework.jdbc..")
        .check(PAGES);
  }

  @Test
  void itsPackagesFormNoCycle() {
    slices().matching("org.smileadventure.web.(*)..").should().beFreeOfCycles().check(PAGES);
  }
}
