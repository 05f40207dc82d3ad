package org.towncrier.broadcaster.machine;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Looks at the machine that a node with a real radio stands on. */
public final class MachineCheck {
  private MachineCheck() {}

  /** Kernel, rights, switches, and whatever could write an address to a disk. */
  public static List<Finding> machine() {
    return MachineJudge.judge(
        new MachineReader(Path.of("/"), ManagementFactory.getRuntimeMXBean().getInputArguments())
            .read());
  }

  /**
   * How long the broker's certificate holds; empty without TLS, and when the broker can't be
   * reached, which another finding says. Blocks for some seconds at most.
   */
  public static Optional<Finding> certificate(URI broker, Instant now) {
    return CertificateEnd.of(broker).map(end -> CertificateEnd.judge(end, now));
  }
}
