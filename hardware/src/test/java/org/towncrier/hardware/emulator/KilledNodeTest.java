package org.towncrier.hardware.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.towncrier.hardware.BluetoothAddress;

/** Phones outlive a node that is killed without warning. */
class KilledNodeTest {
  private static final BluetoothAddress ADAPTER = EmulatedAddress.of(9, 1);

  @Test
  void a_node_killed_in_the_middle_of_an_offer_comes_back_with_its_adapter() throws Exception {
    try (EmulatedAir air = new EmulatedAir(0, InstantSource.system()).start()) {
      int port = air.serve(0);
      EmulatedPhone asking = phone(air, new PhoneBehaviour.Ignores(Duration.ofMinutes(10)));
      EmulatedPhone next = phone(air, new PhoneBehaviour.Accepts(Duration.ZERO));

      try (NodeProcess node = NodeProcess.start(port, ADAPTER, asking.address())) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (asking.prompts().isEmpty() && System.nanoTime() < end) {
          TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(asking.prompts()).hasSize(1);
        node.kill();
      }
      try (NodeProcess again = NodeProcess.start(port, ADAPTER, next.address())) {
        assertThat(again.end()).isEqualTo("ACCEPTED");
      }

      assertThat(asking.receipts()).isEmpty();
      assertThat(next.receipts()).hasSize(1);
    }
  }

  private static EmulatedPhone phone(EmulatedAir air, PhoneBehaviour behaviour) throws Exception {
    EmulatedPhone phone =
        air.phone(
            PhoneSettings.android(EmulatedAddress.random(9, new java.util.Random()), behaviour));
    phone.appear();
    return phone;
  }
}
