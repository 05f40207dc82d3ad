package org.towncrier.broadcaster.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.broadcaster.machine.MachineFacts.Block;

class MachineReaderTest {
  private static final String SWAPS = "Filename\tType\tSize\tUsed\tPriority\n";

  @TempDir Path root;

  @Test
  void a_machine_says_what_it_is() throws Exception {
    write("proc/device-tree/model", "Raspberry Pi 4 Model B Rev 1.4\0");
    write("proc/sys/kernel/osrelease", "6.12.47+rpt-rpi-v8\n");
    write("proc/sys/kernel/version", "#1 SMP PREEMPT Debian 1:6.12.47-1+rpt1 (2025-09-16)\n");
    write("proc/version", "Linux version 6.12.47 (gcc (Debian 12.2.0-14+deb12u1) 12.2.0)\n");
    write(
        "var/lib/dpkg/status",
        """
        Package: bluez-firmware
        Status: install ok installed
        Version: 1.2

        Package: bluez
        Status: install ok installed
        Architecture: arm64
        Version: 5.66-1+rpt1

        Package: zlib
        Status: install ok installed
        """);
    MachineFacts facts = facts();
    assertThat(facts.model()).isEqualTo("Raspberry Pi 4 Model B Rev 1.4");
    assertThat(facts.kernelRelease()).isEqualTo("6.12.47+rpt-rpi-v8");
    assertThat(facts.kernelBuild())
        .isEqualTo("#1 SMP PREEMPT Debian 1:6.12.47-1+rpt1 (2025-09-16)");
    assertThat(facts.bluez()).contains("5.66-1+rpt1");
  }

  @Test
  void a_package_that_was_removed_is_not_installed() throws Exception {
    write(
        "var/lib/dpkg/status",
        "Package: bluez\nStatus: deinstall ok config-files\nVersion: 5.66-1\n");
    assertThat(facts().bluez()).isEmpty();
  }

  @Test
  void a_machine_of_which_nothing_can_be_read_is_read_without_an_error() {
    MachineFacts facts = facts();
    assertThat(facts.model()).isEmpty();
    assertThat(facts.capabilities()).isZero();
    assertThat(facts.root()).isFalse();
    assertThat(facts.bluetoothd()).isFalse();
    assertThat(facts.remembered()).hasValue(0);
    assertThat(facts.blocks()).isEmpty();
    assertThat(facts.swaps()).isEmpty();
    assertThat(facts.coreDumps()).isTrue();
  }

  @Test
  void rights_are_the_effective_ones_of_this_program() throws Exception {
    write(
        "proc/self/status",
        "Name:\tjava\nUid:\t0\t1000\t0\t0\nCapInh:\tff\nCapEff:\t0000000000003000\n");
    MachineFacts facts = facts();
    assertThat(facts.capabilities()).isEqualTo(0x3000);
    assertThat(facts.root()).as("effective user 1000").isFalse();
    write("proc/self/status", "Uid:\t1000\t0\t0\t0\nCapEff:\t000001ffffffffff\n");
    assertThat(facts().root()).isTrue();
    assertThat(facts().capabilities()).isEqualTo(0x1ffffffffffL);
  }

  @Test
  void bluetoothd_is_found_among_the_programs_that_run() throws Exception {
    write("proc/12/comm", "bluetoothctl\n");
    write("proc/sys/comm", "bluetoothd\n");
    assertThat(facts().bluetoothd()).isFalse();
    write("proc/345/comm", "bluetoothd\n");
    assertThat(facts().bluetoothd()).isTrue();
  }

  @Test
  void devices_are_counted_where_bluez_keeps_them_and_adapters_are_not() throws Exception {
    String adapter = "var/lib/bluetooth/00:1B:DC:00:00:01/";
    write(adapter + "settings", "");
    write(adapter + "attributes", "");
    assertThat(facts().remembered()).hasValue(0);
    write(adapter + "cache/00:1B:DC:00:00:02", "[General]\nName=x\n");
    write(adapter + "cache/00:1B:DC:00:00:03", "");
    write(adapter + "00:1B:DC:00:00:02/info", "");
    assertThat(facts().remembered()).hasValue(3);
  }

  @Test
  void switches_over_bluetooth_are_read_and_others_are_not() throws Exception {
    rfkill("rfkill0", "wlan", "phy0", "1", "1");
    rfkill("rfkill1", "bluetooth", "hci0", "1", "0");
    rfkill("rfkill2", "bluetooth", "hci1", "0", "1");
    assertThat(facts().blocks())
        .containsExactly(new Block("hci0", true, false), new Block("hci1", false, true));
  }

  @Test
  void swap_is_what_reaches_a_disk() throws Exception {
    write("proc/swaps", SWAPS);
    assertThat(facts().swaps()).isEmpty();
    write("proc/swaps", SWAPS + "/dev/zram0 partition 1 0 100\n");
    assertThat(facts().swaps()).as("compressed memory").isEmpty();
    write("sys/block/zram0/backing_dev", "none\n");
    assertThat(facts().swaps()).as("without a disk behind it").isEmpty();
    write("sys/block/zram0/backing_dev", "/dev/loop0\n");
    write("proc/swaps", SWAPS + "/dev/zram0 partition 1 0 100\n/var/swap file 1 0 -2\n");
    assertThat(facts().swaps()).containsExactly("/dev/zram0", "/var/swap");
  }

  @Test
  void a_service_whose_swap_is_limited_to_nought_is_kept_from_it() throws Exception {
    String limit = "sys/fs/cgroup/system.slice/towncrier-broadcaster.service/memory.swap.max";
    write("proc/self/cgroup", "0::/system.slice/towncrier-broadcaster.service\n");
    assertThat(facts().keptFromSwap()).as("no memory controller").isFalse();
    write(limit, "max\n");
    assertThat(facts().keptFromSwap()).isFalse();
    write(limit, "0\n");
    assertThat(facts().keptFromSwap()).isTrue();
  }

  @Test
  void a_core_dump_is_ruled_out_by_the_limit_in_force() throws Exception {
    String head = "Limit                     Soft Limit           Hard Limit           Units\n";
    write("proc/self/limits", head + "Max core file size        0          unlimited      bytes\n");
    assertThat(facts().coreDumps()).isFalse();
    write("proc/self/limits", head + "Max core file size        unlimited  unlimited      bytes\n");
    assertThat(facts().coreDumps()).isTrue();
  }

  @Test
  void what_java_would_write_is_told_by_its_flags() {
    assertThat(facts("-XX:ErrorFile=/dev/null").javaDumps()).isEmpty();
    assertThat(facts("-Xmx64m").javaDumps()).containsExactly("a report of a crash (hs_err)");
    assertThat(facts("-XX:ErrorFile=/dev/null", "-XX:+HeapDumpOnOutOfMemoryError").javaDumps())
        .containsExactly("a heap dump");
  }

  private MachineFacts facts(String... flags) {
    return new MachineReader(root, List.of(flags)).read();
  }

  private void rfkill(String switchName, String type, String name, String soft, String hard)
      throws Exception {
    String folder = "sys/class/rfkill/" + switchName + "/";
    write(folder + "type", type + "\n");
    write(folder + "name", name + "\n");
    write(folder + "soft", soft + "\n");
    write(folder + "hard", hard + "\n");
  }

  private void write(String file, String text) throws Exception {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
