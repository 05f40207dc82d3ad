package org.towncrier.hardware.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.towncrier.hardware.BluetoothAddress;

/** What the other suites rest on. */
@Guest(controllers = 4, adapters = 2)
@SuppressWarnings("NullAway.Init") // JUnit fills the air in
class RigItself {
  /** CAP_NET_ADMIN is 12, CAP_NET_RAW 13. */
  private static final String THE_TWO = "0000000000003000";

  private Air air;

  @BeforeEach
  void connect() throws IOException {
    air = new Air();
  }

  @AfterEach
  void disconnect() throws IOException {
    air.close();
  }

  @Test
  void suites_run_as_nobody_with_the_two_capabilities_of_the_service() throws IOException {
    List<String> status = Files.readAllLines(Path.of("/proc/self/status"));

    assertThat(status).contains("CapEff:\t" + THE_TWO, "CapBnd:\t" + THE_TWO);
    assertThat(status).contains("Uid:\t65534\t65534\t65534\t65534");
  }

  @Test
  void controllers_after_the_nodes_adapters_are_phones() throws IOException {
    assertThat(air.command("phones")).isEqualTo("2 3");
    assertThat(air.links(0)).isZero();
  }

  @Test
  void a_controller_is_pulled_out_and_comes_back_with_the_same_address() throws IOException {
    air.command("unplug 1");
    assertThatThrownBy(() -> air.command("unplug 1")).hasMessageContaining("not there");

    String name = air.command("plug 1");

    assertThat(Path.of("/sys/class/bluetooth", name)).exists();
    assertThat(BluetoothAddress.parse(air.command("address 1"))).isEqualTo(Air.address(1));
  }

  @Test
  void a_command_nobody_knows_is_refused() {
    assertThatThrownBy(() -> air.command("dance 2")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> air.set(2, "juggle")).hasMessageContaining("no such policy");
    assertThatThrownBy(() -> air.set(0, "accept")).hasMessageContaining("no phone");
  }
}
