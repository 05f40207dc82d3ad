package org.towncrier.town.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.towncrier.hardware.Radio;
import org.towncrier.town.road.EmulatedRoad;

/**
 * What a push costs on the {@link EmulatedRoad}. The emulated air is in this process, so its work
 * is counted with ours.
 */
final class Pushes {
  private static final int PHONES = 14;
  private static final int WARM_UP = 100;
  private static final int PUSHES = 400;

  private final PrintStream out;

  Pushes(PrintStream out) {
    this.out = out;
  }

  /** Whether every push arrived. */
  boolean run() throws Exception {
    try (EmulatedRoad road = EmulatedRoad.open()) {
      road.otherPhones(PHONES);
      road.push(Radio.MAX_LINKS, WARM_UP);
      boolean well = true;
      for (int atOnce = 1; atOnce <= Radio.MAX_LINKS; atOnce++) {
        well &= measure(road, atOnce);
      }
      return well;
    }
  }

  private boolean measure(EmulatedRoad road, int atOnce) throws InterruptedException {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = system.getProcessCpuTime();
    long from = System.nanoTime();
    int accepted = road.push(atOnce, PUSHES);
    double seconds = (System.nanoTime() - from) / 1e9;
    double cpuMillis = (system.getProcessCpuTime() - cpu) / 1e6;
    out.printf(
        Locale.ROOT,
        "%d at once: %6.1f pushes/s, %5.2f ms of CPU a push, %d of %d accepted%n",
        atOnce,
        PUSHES / seconds,
        cpuMillis / PUSHES,
        accepted,
        PUSHES);
    return accepted == PUSHES;
  }
}
