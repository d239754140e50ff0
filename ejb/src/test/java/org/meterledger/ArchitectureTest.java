package org.meterledger;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.meterledger.audit.Audit;
import org.meterledger.server.Database;

/** The direction of dependencies: {@code web.X -> X -> driver -> metering}. */
class ArchitectureTest {

  private static final String[] PROTOCOLS = {
    "..driver.emu..",
    "..driver.g13..",
    "..driver.dmed4..",
    "..driver.meterextension..",
    "..driver.dlms.."
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

  /** Of the beans that pages and the API call; what runs by a timer is nobody's doing. */
  @Test
  void whatSomebodyChangesIsInTheTrail() {
    check(
        methods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(Stateless.class)
            .and(describe("change something", ArchitectureTest::changes))
            .and(describe("observe nothing", method -> !observes(method)))
            .should(
                ArchCondition.from(
                    describe(
                        "be written to the trail",
                        (JavaMethod method) -> reaches(method, ArchitectureTest::told)))));
  }

  private static boolean changes(JavaMethod method) {
    return reaches(
        method,
        call ->
            call.getTargetOwner().isEquivalentTo(Database.class)
                    && Set.of("update", "inTransaction").contains(call.getName())
                || call.getTargetOwner().isEquivalentTo(EntityManager.class)
                    && Set.of("persist", "merge", "remove").contains(call.getName()));
  }

  private static boolean told(JavaMethodCall call) {
    return call.getTargetOwner().isEquivalentTo(Audit.class);
  }

  private static boolean observes(JavaMethod method) {
    return method.getParameterAnnotations().stream()
        .flatMap(Set::stream)
        .anyMatch(each -> each.getRawType().isEquivalentTo(Observes.class));
  }

  /** Whether a method makes such a call, itself or by another one of its class. */
  private static boolean reaches(JavaMethod method, Predicate<JavaMethodCall> wanted) {
    var seen = new HashSet<JavaMethod>();
    var open = new ArrayDeque<>(List.of(method));
    while (!open.isEmpty()) {
      var next = open.pop();
      if (seen.add(next)) {
        for (var call : next.getMethodCallsFromSelf()) {
          if (wanted.test(call)) {
            return true;
          }
          call.getTarget()
              .resolveMember()
              .filter(target -> target.getOwner().equals(method.getOwner()))
              .ifPresent(open::push);
        }
      }
    }
    return false;
  }
}
