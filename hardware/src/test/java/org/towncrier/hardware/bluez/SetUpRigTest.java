package org.towncrier.hardware.bluez;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.towncrier.hardware.rig.Rig;

/** The set-up of adapters on a real Linux Bluetooth stack. */
@Tag("rig")
class SetUpRigTest {
  @TestFactory
  Stream<DynamicTest> by_the_rights_of_the_service() {
    return Rig.run(SetUpOnRig.class);
  }

  @TestFactory
  Stream<DynamicTest> beside_programs_with_all_rights() {
    return Rig.run(SetUpAsRootOnRig.class);
  }
}
