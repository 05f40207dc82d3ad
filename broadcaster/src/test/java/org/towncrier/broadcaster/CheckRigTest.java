package org.towncrier.broadcaster;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.towncrier.hardware.rig.Rig;

/** {@code --check} on machines with a real Linux Bluetooth stack. */
@Tag("rig")
class CheckRigTest {
  @TestFactory
  Stream<DynamicTest> by_the_rights_of_the_service() {
    return Rig.run(CheckOnRig.class);
  }

  @TestFactory
  Stream<DynamicTest> without_rights() {
    return Rig.run(CheckAsNobodyOnRig.class);
  }

  @TestFactory
  Stream<DynamicTest> with_all_rights() {
    return Rig.run(CheckAsRootOnRig.class);
  }
}
