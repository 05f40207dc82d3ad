package org.towncrier.hardware.rig;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The ring of tests on a real Linux Bluetooth stack. Each factory is one boot of the rig, which has
 * one processor, so two go side by side (junit-platform.properties); the longest first.
 */
@Tag("rig")
@Execution(ExecutionMode.CONCURRENT)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RadioRigTest {
  @TestFactory
  @Order(1)
  Stream<DynamicTest> the_contract_of_radios() {
    return Rig.run(ContractOnRig.class);
  }

  @TestFactory
  @Order(2)
  Stream<DynamicTest> crowds() {
    return Rig.run(CrowdOnRig.class);
  }

  @TestFactory
  @Order(3)
  Stream<DynamicTest> outcomes() {
    return Rig.run(OutcomesOnRig.class);
  }

  @TestFactory
  @Order(4)
  Stream<DynamicTest> looks() {
    return Rig.run(LooksOnRig.class);
  }

  @TestFactory
  @Order(5)
  Stream<DynamicTest> objects_and_bluecoves_own_stack() {
    return Rig.run(ObjectsOnRig.class, BlueCovesOwnOnRig.class);
  }

  @TestFactory
  @Order(6)
  Stream<DynamicTest> rights() {
    return Rig.run(RightsOnRig.class);
  }

  @TestFactory
  @Order(7)
  Stream<DynamicTest> the_rig_itself() {
    return Rig.run(RigItself.class);
  }
}
