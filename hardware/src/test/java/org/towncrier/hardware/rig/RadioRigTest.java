package org.towncrier.hardware.rig;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The ring of tests on a real Linux Bluetooth stack; each factory is one boot of the rig. */
@Tag("rig")
class RadioRigTest {
  @TestFactory
  Stream<DynamicTest> the_rig_itself() {
    return Rig.run(RigItself.class);
  }
}
