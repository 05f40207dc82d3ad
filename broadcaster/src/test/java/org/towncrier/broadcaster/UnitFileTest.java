package org.towncrier.broadcaster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the node's service promises: no right too many, and nothing of its memory on a disk. */
class UnitFileTest {
  private static final Path FOLDER = Path.of("..", "config", "systemd");

  /** Settings by section and key, in order; systemd lets some be given more than once. */
  private final Map<String, List<String>> settings = new HashMap<>();

  @BeforeEach
  void read() throws Exception {
    String section = "";
    for (String line : Files.readAllLines(FOLDER.resolve("towncrier-broadcaster.service"))) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.matches("\\[[A-Za-z]+]")) {
        section = line.substring(1, line.length() - 1);
        continue;
      }
      assertThat(line).as("a setting").matches("[A-Za-z]+=\\S.*");
      int equals = line.indexOf('=');
      settings
          .computeIfAbsent(section + "." + line.substring(0, equals), key -> new ArrayList<>())
          .add(line.substring(equals + 1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "User, towncrier",
    "Restart, always",
    "RestartPreventExitStatus, 2",
    "LimitCORE, 0",
    "MemorySwapMax, 0",
    "NoNewPrivileges, yes",
    "ProtectSystem, strict",
    "ProtectHome, yes",
    "PrivateTmp, yes",
    "PrivateDevices, yes",
    "StateDirectory, towncrier",
    "StateDirectoryMode, 0700",
    "UMask, 0077",
    "SystemCallFilter, @system-service",
    "AmbientCapabilities, CAP_NET_RAW CAP_NET_ADMIN",
    "CapabilityBoundingSet, CAP_NET_RAW CAP_NET_ADMIN",
  })
  void the_service_is_held_to(String key, String value) {
    assertThat(settings.get("Service." + key)).containsExactly(value);
  }

  @Test
  void bluetooth_and_the_broker_are_within_reach() {
    assertThat(words("Service.RestrictAddressFamilies"))
        .contains("AF_BLUETOOTH", "AF_INET", "AF_INET6", "AF_UNIX");
  }

  @Test
  void java_may_compile_while_it_runs() {
    assertThat(settings).doesNotContainKey("Service.MemoryDenyWriteExecute");
  }

  @Test
  void whatever_starts_bluetoothd_does_not_end_the_node() {
    assertThat(settings).doesNotContainKey("Unit.Conflicts");
  }

  @Test
  void it_starts_after_what_resets_a_radio_at_boot() {
    assertThat(words("Unit.After")).contains("hciuart.service", "bthelper@hci0.service");
  }

  @Test
  void it_goes_on_trying_however_often_it_fails() {
    assertThat(settings.get("Unit.StartLimitIntervalSec")).containsExactly("0");
  }

  @Test
  void the_account_is_the_one_that_is_made_for_it() throws Exception {
    assertThat(Files.readAllLines(FOLDER.resolve("towncrier.sysusers.conf")))
        .anyMatch(line -> line.startsWith("u towncrier "));
  }

  @Test
  void the_launcher_keeps_javas_own_dumps_off_the_disk() throws Exception {
    assertThat(Files.readString(Path.of("..", "towncrier")))
        .contains("@$here/broadcaster/node.jvm");
    assertThat(Files.readString(Path.of("node.jvm")))
        .contains(
            "-XX:ErrorFile=/dev/null",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:-HeapDumpOnOutOfMemoryError",
            "-XX:+DisableAttachMechanism");
  }

  private List<String> words(String key) {
    return settings.get(key).stream().flatMap(value -> Arrays.stream(value.split(" "))).toList();
  }
}
