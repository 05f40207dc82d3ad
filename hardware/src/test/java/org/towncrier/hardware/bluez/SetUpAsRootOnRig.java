package org.towncrier.hardware.bluez;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.RadioName;
import org.towncrier.hardware.rig.Air;
import org.towncrier.hardware.rig.Guest;

/** What other programs with all rights do to an adapter, and what becomes of it. */
@Guest(controllers = 2, rights = Guest.Rights.ROOT)
class SetUpAsRootOnRig {
  private static final AdapterId ADAPTER = new AdapterId("hci0");
  private static final RadioName NAME = new RadioName("Safer Coalville");
  private static final long GENEROUS_SECONDS = 30;

  private final AdapterSetUp setUp = new AdapterSetUp(NAME);

  @Test
  void a_radio_that_is_blocked_is_not_used_and_says_what_to_do() throws Exception {
    int index = setUp.apply(ADAPTER, Air.address(0)).is().index();
    Path soft = rfkill("hci" + index).resolve("soft");
    Files.writeString(soft, "1");
    try {
      assertThatThrownBy(() -> setUp.uphold(ADAPTER, Air.address(0)))
          .hasMessageContaining("switched off");
      assertThatThrownBy(() -> setUp.apply(ADAPTER, Air.address(0)))
          .hasMessageContaining("rfkill unblock bluetooth");
    } finally {
      Files.writeString(soft, "0");
    }
    assertThat(Trait.missing(NAME, setUp.apply(ADAPTER, Air.address(0)).is())).isEmpty();
  }

  @Test
  void a_bluetoothd_that_starts_afterwards_does_not_keep_its_own_name() throws Exception {
    kill("bluetoothd");
    setUp.apply(ADAPTER, Air.address(0));
    Process bluetoothd =
        new ProcessBuilder("/usr/libexec/bluetooth/bluetoothd", "-n", "-f", "/tmp/main.conf")
            .redirectErrorStream(true)
            .redirectOutput(Path.of("/run/rig/out/bluetoothd-again").toFile())
            .start();
    try {
      await(
          "bluetoothd takes the adapter", () -> Trait.missing(NAME, facts()).contains(Trait.NAME));
      await("bluetoothd has made it its own", SetUpAsRootOnRig::bluetoothdHasIt);
      // Each probe of a radio does this; bluetoothd may have sent its last changes just now.
      await("it stays so", () -> setUp.uphold(ADAPTER, Air.address(0)).isEmpty());
      assertThat(Trait.missing(NAME, facts())).isEmpty();
    } finally {
      bluetoothd.destroy();
      bluetoothd.waitFor(GENEROUS_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static void await(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(GENEROUS_SECONDS);
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("Waited in vain until " + what).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  /** It shows an adapter on the bus when it has its own name, class and services set. */
  private static boolean bluetoothdHasIt() throws Exception {
    Process asked =
        new ProcessBuilder(
                "dbus-send",
                "--system",
                "--print-reply=literal",
                "--dest=org.bluez",
                "/org/bluez/hci0",
                "org.freedesktop.DBus.Properties.Get",
                "string:org.bluez.Adapter1",
                "string:Powered")
            .redirectErrorStream(true)
            .start();
    String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return asked.waitFor() == 0 && answer.contains("boolean true");
  }

  private static AdapterFacts facts() throws IOException {
    return AdapterSetUp.find(AdapterSetUp.look(), ADAPTER, Air.address(0));
  }

  private static void kill(String program) throws Exception {
    List<ProcessHandle> all =
        ProcessHandle.allProcesses()
            .filter(process -> process.info().command().orElse("").endsWith("/" + program))
            .toList();
    assertThat(all).as(program + " runs").isNotEmpty();
    for (ProcessHandle process : all) {
      process.destroy();
      process.onExit().get(GENEROUS_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static Path rfkill(String name) throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/sys/class/rfkill"))) {
      for (Path one : all.toList()) {
        if (Files.readString(one.resolve("name")).strip().equals(name)) {
          return one;
        }
      }
    }
    throw new AssertionError("No switch over " + name);
  }
}
