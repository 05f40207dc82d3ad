package org.towncrier.broadcaster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.broadcaster.machine.Finding.Level;
import org.towncrier.hardware.rig.Guest;

/** {@code --check} on machines with something wrong that only root can make wrong. */
@Guest(controllers = 2, rights = Guest.Rights.ROOT)
class CheckAsRootOnRig {
  private static final Path CACHE = Path.of("/var/lib/bluetooth/00:AA:01:00:00:00/cache");

  @TempDir Path folder;

  @Test
  void a_radio_that_is_blocked_is_told_with_what_to_do() throws Exception {
    Path soft = rfkill().resolve("soft");
    Files.writeString(soft, "1");
    try {
      Checked checked = Checked.run(folder);
      assertThat(checked.finding("rfkill").level()).isEqualTo(Level.PROBLEM);
      assertThat(checked.finding("rfkill").advice()).isEqualTo("sudo rfkill unblock bluetooth");
      assertThat(checked.finding("radio hci0").found()).contains("rfkill unblock bluetooth");
    } finally {
      Files.writeString(soft, "0");
    }
  }

  @Test
  void a_check_as_root_says_that_the_service_is_not() throws IOException {
    assertThat(Checked.run(folder).finding("rights").level()).isEqualTo(Level.NOTE);
  }

  @Test
  void what_bluez_remembers_is_counted_and_not_named() throws IOException {
    Files.createDirectories(CACHE);
    Path remembered = Files.createFile(CACHE.resolve("00:AA:01:01:00:01"));
    try {
      Checked checked = Checked.run(folder);
      assertThat(checked.finding("BlueZ cache").level()).isEqualTo(Level.RISK);
      assertThat(checked.finding("BlueZ cache").found()).matches(".*addresses of \\d+ devices");
      assertThat(checked.said()).doesNotContain("00:AA:01");
    } finally {
      Files.delete(remembered);
    }
  }

  @Test
  void a_machine_without_bluetoothd_is_as_it_should_be() throws Exception {
    for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
      if (process.info().command().orElse("").endsWith("/bluetoothd")) {
        process.destroy();
        process.onExit().get(30, TimeUnit.SECONDS);
      }
    }
    Checked checked = Checked.run(folder);
    assertThat(checked.finding("bluetoothd").level()).isEqualTo(Level.OK);
    assertThat(checked.finding("set-up hci0").found()).contains("speaks as \"Safer Coalville\"");
  }

  private static Path rfkill() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/sys/class/rfkill"))) {
      for (Path one : all.toList()) {
        if (Files.readString(one.resolve("name")).strip().equals("hci0")) {
          return one;
        }
      }
    }
    throw new AssertionError("No switch over hci0");
  }
}
