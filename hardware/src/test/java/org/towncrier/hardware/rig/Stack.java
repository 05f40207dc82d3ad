package org.towncrier.hardware.rig;

import org.jspecify.annotations.Nullable;
import org.towncrier.hardware.bluecove.BlueCoveStack;
import org.towncrier.hardware.bluecove.BlueZStack;
import org.towncrier.hardware.bluecove.NativeStack;

/** The Bluetooth stack that the rig's suites are run on. */
final class Stack {
  /** Another class of BlueCove's may be named, to see how it does. */
  private static final @Nullable String NAMED = System.getProperty("rig.stack");

  static final BlueCoveStack UNDER_TEST = NAMED == null ? new BlueZStack() : new NativeStack(NAMED);

  private Stack() {}
}
