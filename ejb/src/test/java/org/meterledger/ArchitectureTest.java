package org.meterledger;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

/** The direction of dependencies: {@code web.X -> X -> driver -> metering}. */
class ArchitectureTest {

  private static final String[] PROTOCOLS = {
    "..driver.emu..", "..driver.g13..", "..driver.meterextension..", "..driver.dlms.."
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("org.meterledger");

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }

  @Test
  void vocabularyImportsOnlyJava() {
    check(
        classes()
            .that()
            .resideInAPackage("..metering")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.meterledger.metering"));
  }

  @Test
  void driverSpiKnowsOnlyTheVocabulary() {
    check(
        noClasses()
            .that()
            .resideInAPackage("..driver..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "org.meterledger.meter..",
                "..archive..",
                "..reading..",
                "..logbook..",
                "..user..",
                "..web.."));
  }

  @Test
  void nobodyImportsAProtocol() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(PROTOCOLS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PROTOCOLS));
  }

  @Test
  void simulatorsAndBusinessDoNotKnowEachOther() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("..simulators..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..simulators.."));
  }

  @Test
  void simulatorsKnowNothingOfTheBusiness() {
    check(
        noClasses()
            .that()
            .resideInAPackage("..simulators..")
            .should()
            .dependOnClassesThat(
                describe(
                    "the product outside its simulators",
                    type ->
                        type.getPackageName().startsWith("org.meterledger")
                            && !type.getPackageName().startsWith("org.meterledger.simulators"))));
  }

  @Test
  void featuresHaveNoCycles() {
    check(slices().matching("org.meterledger.(*)..").should().beFreeOfCycles());
  }

  @Test
  void archiveTablesAreTheArchivesOwn() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage("org.meterledger.meter..", "..logbook..", "..user..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..archive.."));
  }

  @Test
  void timeComesFromTheInjectedClock() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("..simulators..", "..server..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone"));
  }
}
