package org.towncrier.broadcaster.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.towncrier.broadcaster.machine.Finding.Level;
import org.towncrier.broadcaster.machine.MachineFacts.Block;

class MachineJudgeTest {
  private static final MachineFacts WELL =
      new MachineFacts(
          "Raspberry Pi 4 Model B Rev 1.4",
          "6.1.176",
          "",
          Optional.of("5.66-1"),
          false,
          OptionalInt.of(0),
          0x3000,
          false,
          List.of(new Block("hci0", false, false)),
          List.of(),
          false,
          false,
          List.of());

  private String kernel = WELL.kernelRelease();
  private boolean bluetoothd;
  private OptionalInt remembered = OptionalInt.of(0);
  private long capabilities = WELL.capabilities();
  private boolean root;
  private Block block = new Block("hci0", false, false);
  private List<String> swaps = List.of();
  private boolean keptFromSwap;
  private boolean coreDumps;
  private List<String> javaDumps = List.of();

  @Test
  void a_machine_as_it_should_be_has_nothing_to_mend() {
    assertThat(MachineJudge.judge(WELL))
        .allSatisfy(
            finding -> {
              assertThat(finding.level()).isEqualTo(Level.OK);
              assertThat(finding.advice()).isEmpty();
            })
        .extracting(Finding::about)
        .containsExactly(
            "machine", "kernel", "rights", "rfkill", "bluetoothd", "BlueZ cache", "swap", "dumps");
  }

  @Test
  void a_kernel_that_stops_the_machine_is_a_risk() {
    kernel = "6.1.192";
    only(Level.RISK, "kernel", "walks away");
  }

  @Test
  void a_kernel_whose_version_cannot_be_told_is_worth_a_note() {
    kernel = "home-made";
    only(Level.NOTE, "kernel", "can't be told: \"home-made\"");
  }

  @Test
  void a_right_that_is_missing_keeps_the_node_silent() {
    capabilities = 0;
    only(Level.PROBLEM, "rights", "lacks CAP_NET_RAW and CAP_NET_ADMIN");
    capabilities = 1 << 13;
    only(Level.PROBLEM, "rights", "lacks CAP_NET_ADMIN");
    capabilities = 1 << 12;
    only(Level.PROBLEM, "rights", "lacks CAP_NET_RAW");
  }

  @Test
  void a_check_as_root_says_that_the_service_is_not() {
    root = true;
    only(Level.NOTE, "rights", "as root");
  }

  @Test
  void a_radio_that_is_switched_off_keeps_the_node_silent() {
    block = new Block("hci0", true, false);
    assertThat(only(Level.PROBLEM, "rfkill", "hci0 is off by a program").advice())
        .isEqualTo("sudo rfkill unblock bluetooth");
    block = new Block("hci0", true, true);
    assertThat(only(Level.PROBLEM, "rfkill", "switch or key").advice())
        .as("unblocking by a program would not help")
        .doesNotContain("unblock");
  }

  @Test
  void a_bluetoothd_that_runs_is_a_risk() {
    bluetoothd = true;
    assertThat(only(Level.RISK, "bluetoothd", "writes down addresses").advice())
        .contains("systemctl mask --now bluetooth.service");
  }

  @Test
  void devices_that_bluez_remembers_are_a_risk() {
    remembered = OptionalInt.of(3);
    only(Level.RISK, "BlueZ cache", "addresses of 3 devices");
  }

  @Test
  void a_cache_that_could_not_be_looked_into_is_not_called_empty() {
    remembered = OptionalInt.empty();
    assertThat(only(Level.NOTE, "BlueZ cache", "only root may look").advice())
        .contains("sudo find");
  }

  @Test
  void memory_that_can_reach_a_disk_is_a_risk_unless_this_program_is_kept_from_it() {
    swaps = List.of("/var/swap");
    assertThat(only(Level.RISK, "swap", "/var/swap").advice()).contains("cgroup_enable=memory");
    keptFromSwap = true;
    assertThat(findings()).allMatch(finding -> finding.level() == Level.OK);
  }

  @Test
  void a_crash_that_would_write_memory_down_is_a_risk() {
    coreDumps = true;
    javaDumps = List.of("a heap dump");
    only(Level.RISK, "dumps", "a core dump, a heap dump");
  }

  private Finding only(Level level, String about, String found) {
    List<Finding> bad = findings().stream().filter(finding -> finding.level() != Level.OK).toList();
    assertThat(bad).hasSize(1);
    Finding finding = bad.get(0);
    assertThat(finding.level()).isEqualTo(level);
    assertThat(finding.about()).isEqualTo(about);
    assertThat(finding.found()).contains(found);
    assertThat(finding.advice()).as("what to do").isNotEmpty();
    return finding;
  }

  private List<Finding> findings() {
    return MachineJudge.judge(
        new MachineFacts(
            WELL.model(),
            kernel,
            "",
            WELL.bluez(),
            bluetoothd,
            remembered,
            capabilities,
            root,
            List.of(block),
            swaps,
            keptFromSwap,
            coreDumps,
            javaDumps));
  }
}
