package org.towncrier.town;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;

/** How the house is laid out: console → protocol ← broadcaster → hardware; town sees all. */
@AnalyzeClasses(
    packages = "org.towncrier",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArrowsTest.NoTestJars.class})
class ArrowsTest {
  /** Tests that modules share come in jars of their own. */
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  private static final String PROTOCOL = "org.towncrier.protocol..";
  private static final String HARDWARE = "org.towncrier.hardware..";
  private static final String BROADCASTER = "org.towncrier.broadcaster..";
  private static final String CONSOLE = "org.towncrier.console..";
  private static final String TOWN = "org.towncrier.town..";

  @ArchTest
  static final ArchRule the_protocol_knows_none_of_its_users =
      noClasses()
          .that()
          .resideInAPackage(PROTOCOL)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(HARDWARE, BROADCASTER, CONSOLE, TOWN);

  @ArchTest
  static final ArchRule the_radio_knows_nothing_of_messages =
      noClasses()
          .that()
          .resideInAPackage(HARDWARE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PROTOCOL, BROADCASTER, CONSOLE, TOWN);

  @ArchTest
  static final ArchRule the_console_never_sees_a_radio_or_a_broadcaster =
      noClasses()
          .that()
          .resideInAPackage(CONSOLE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(HARDWARE, BROADCASTER, TOWN);

  @ArchTest
  static final ArchRule the_broadcaster_never_sees_the_console =
      noClasses()
          .that()
          .resideInAPackage(BROADCASTER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CONSOLE, TOWN);

  @ArchTest
  static final ArchRule a_node_has_no_framework =
      noClasses()
          .that()
          .resideInAnyPackage(PROTOCOL, HARDWARE, BROADCASTER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework..");

  @ArchTest
  static final ArchRule everything_bluetooth_stays_behind_the_radio =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "org.towncrier.hardware.bluecove..", "org.towncrier.hardware.emulator..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("javax.bluetooth..", "javax.obex..", "com.intel.bluetooth..");

  @ArchTest
  static final ArchRule quartz_is_hidden_behind_the_timetable_of_a_node =
      noClasses()
          .that()
          .resideInAPackage(BROADCASTER)
          .and()
          .resideOutsideOfPackage("org.towncrier.broadcaster.timetable..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.quartz..");

  @ArchTest
  static final ArchRule time_is_given_to_rules_never_taken =
      noClasses()
          .that()
          .resideInAnyPackage(PROTOCOL, BROADCASTER, CONSOLE)
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");

  @ArchTest
  static final ArchRule mqtt_is_spoken_in_one_place =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.towncrier.protocol.mqtt..", TOWN)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.eclipse.paho..");

  @ArchTest
  static final ArchRule features_of_the_broadcaster_do_not_go_round_in_circles =
      slices().matching("org.towncrier.broadcaster.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule features_of_the_console_do_not_go_round_in_circles =
      slices().matching("org.towncrier.console.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule features_of_the_hardware_do_not_go_round_in_circles =
      slices().matching("org.towncrier.hardware.(*)..").should().beFreeOfCycles();
}
