package org.towncrier.town.rig;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.towncrier.hardware.rig.Rig;

/** A node as it is shipped, on a real Linux Bluetooth stack. */
@Tag("rig")
@Tag("mosquitto")
class NodeRigTest {
  @TestFactory
  Stream<DynamicTest> the_whole_broadcaster() {
    return Rig.run(NodeOnRig.class);
  }
}
