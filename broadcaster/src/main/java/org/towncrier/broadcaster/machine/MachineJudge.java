package org.towncrier.broadcaster.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** What the facts about a machine mean for a node, and what to do. Pure. */
final class MachineJudge {
  /** Numbers of capabilities ({@code linux/capability.h}). */
  private static final int CAP_NET_ADMIN = 12;

  private static final int CAP_NET_RAW = 13;

  private static final String STOP_BLUETOOTHD =
      "sudo systemctl mask --now bluetooth.service: the node needs nothing of it";
  private static final String BY_ITS_UNIT =
      "start it by config/systemd/towncrier-broadcaster.service, which sees to it; a check by hand"
          + " as the service would run is described in config/systemd/README.md";

  private MachineJudge() {}

  static List<Finding> judge(MachineFacts facts) {
    List<Finding> findings = new ArrayList<>();
    if (!facts.model().isEmpty()) {
      findings.add(Finding.ok("machine", facts.model()));
    }
    findings.add(kernel(facts));
    findings.add(rights(facts));
    findings.addAll(switches(facts));
    findings.add(bluez(facts));
    findings.add(cache(facts));
    findings.add(swap(facts));
    findings.add(dumps(facts));
    return findings;
  }

  private static Finding kernel(MachineFacts facts) {
    return KernelVersion.of(facts.kernelRelease(), facts.kernelBuild())
        .map(KernelFault::judge)
        .orElseGet(
            () ->
                Finding.note(
                    "kernel",
                    "its version can't be told: \"%s\"".formatted(facts.kernelRelease()),
                    "6.1.191 and 6.1.192 stop the machine when a phone walks away; run another"));
  }

  private static Finding rights(MachineFacts facts) {
    StringJoiner missing = new StringJoiner(" and ");
    if (!has(facts, CAP_NET_RAW)) {
      missing.add("CAP_NET_RAW");
    }
    if (!has(facts, CAP_NET_ADMIN)) {
      missing.add("CAP_NET_ADMIN");
    }
    if (missing.length() > 0) {
      return Finding.problem(
          "rights",
          "this program lacks %s and can't use the radio".formatted(missing),
          BY_ITS_UNIT);
    }
    return facts.root()
        ? Finding.note(
            "rights",
            "this check runs as root, who may do everything; the service may not",
            BY_ITS_UNIT)
        : Finding.ok("rights", "CAP_NET_RAW and CAP_NET_ADMIN");
  }

  private static boolean has(MachineFacts facts, int capability) {
    return (facts.capabilities() >>> capability & 1) == 1;
  }

  private static List<Finding> switches(MachineFacts facts) {
    List<Finding> findings = new ArrayList<>();
    for (MachineFacts.Block block : facts.blocks()) {
      if (block.hard()) {
        findings.add(
            Finding.problem(
                "rfkill",
                "%s is off by a switch or key of this machine".formatted(block.name()),
                "turn it on there; no program can"));
      } else if (block.soft()) {
        findings.add(
            Finding.problem(
                "rfkill", block.name() + " is off by a program", "sudo rfkill unblock bluetooth"));
      }
    }
    if (findings.isEmpty()) {
      findings.add(Finding.ok("rfkill", "nothing switches the radio off"));
    }
    return findings;
  }

  private static Finding bluez(MachineFacts facts) {
    if (facts.bluetoothd()) {
      return Finding.risk(
          "bluetoothd",
          facts.bluez().map(v -> "BlueZ " + v).orElse("BlueZ, not of Debian's package,")
              + " runs: bluetoothd writes down addresses of phones, and gives the adapter"
              + " its own name whenever it starts (the node sets its own again within seconds)",
          STOP_BLUETOOTHD);
    }
    return Finding.ok(
        "bluetoothd",
        facts.bluez().map(v -> "BlueZ " + v + "; ").orElse("") + "bluetoothd does not run");
  }

  private static Finding cache(MachineFacts facts) {
    String about = "BlueZ cache";
    if (facts.remembered().isEmpty()) {
      return Finding.note(
          about,
          "only root may look for addresses in /var/lib/bluetooth",
          "sudo find /var/lib/bluetooth -mindepth 2 -name '*:*:*:*:*:*' | wc -l: anything but 0 is"
              + " phones; sudo rm -r /var/lib/bluetooth forgets them");
    }
    int devices = facts.remembered().getAsInt();
    return devices == 0
        ? Finding.ok(about, "no device is remembered in /var/lib/bluetooth")
        : Finding.risk(
            about,
            "/var/lib/bluetooth remembers the addresses of %d devices".formatted(devices),
            STOP_BLUETOOTHD + "; then sudo rm -r /var/lib/bluetooth");
  }

  private static Finding swap(MachineFacts facts) {
    if (facts.swaps().isEmpty()) {
      return Finding.ok("swap", "no memory is written to a disk");
    }
    return facts.keptFromSwap()
        ? Finding.ok("swap", "this machine has some, and this program's memory is kept from it")
        : Finding.risk(
            "swap",
            "this program's memory, with addresses in it, can be written to "
                + String.join(", ", facts.swaps()),
            "switch swap off, or start the node by its unit on a kernel with the memory controller"
                + " (Raspberry Pi OS: add cgroup_enable=memory to /boot/firmware/cmdline.txt);"
                + " config/systemd/README.md has both");
  }

  private static Finding dumps(MachineFacts facts) {
    List<String> dumps = new ArrayList<>();
    if (facts.coreDumps()) {
      dumps.add("a core dump");
    }
    dumps.addAll(facts.javaDumps());
    return dumps.isEmpty()
        ? Finding.ok("dumps", "a crash writes nothing of this program's memory")
        : Finding.risk(
            "dumps",
            "a crash would write memory with addresses in it to a disk: "
                + String.join(", ", dumps),
            "start it by ./towncrier and its unit, which switch these off (LimitCORE=0,"
                + " -XX:ErrorFile=/dev/null)");
  }
}
