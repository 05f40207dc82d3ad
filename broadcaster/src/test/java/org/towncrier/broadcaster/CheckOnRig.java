package org.towncrier.broadcaster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.broadcaster.machine.Finding.Level;
import org.towncrier.hardware.rig.Air;
import org.towncrier.hardware.rig.Guest;

/** {@code --check} on a machine with a real Bluetooth stack, by the rights of the service. */
@Guest(controllers = 4)
class CheckOnRig {
  @TempDir Path folder;

  @Test
  void a_check_sets_the_adapter_up_counts_phones_and_names_no_address() throws Exception {
    try (Air air = new Air()) {
      air.set(1, "accept");
      air.set(2, "accept");
      Checked checked = Checked.run(folder);

      assertThat(checked.finding("rights").level()).isEqualTo(Level.OK);
      assertThat(checked.finding("kernel").level()).isEqualTo(Level.OK);
      assertThat(checked.finding("rfkill").level()).isEqualTo(Level.OK);
      assertThat(checked.finding("bluetoothd").level()).as("it runs here").isEqualTo(Level.RISK);
      assertThat(checked.finding("BlueZ cache").found()).contains("only root may look");
      assertThat(checked.finding("adapter hci0").level()).isEqualTo(Level.OK);
      assertThat(checked.finding("radio hci0").found()).contains("2 devices answered");
      assertThat(checked.finding("set-up hci0").found())
          .contains("speaks as \"Safer Coalville\"", "set just now: ", "its name");
      assertThat(checked.said()).doesNotContain("00:AA:01", "00AA01");
      assertThat(checked.status()).isEqualTo(1);
    }
  }

  @Test
  void an_adapter_that_is_not_there_is_missed_by_name() throws IOException {
    Checked checked = Checked.run(folder, "hci7");
    assertThat(checked.finding("adapter hci7").level()).isEqualTo(Level.PROBLEM);
    assertThat(checked.finding("adapter hci7").found()).contains("There is no adapter hci7");
    assertThat(checked.finding("radio hci7").level()).isEqualTo(Level.PROBLEM);
    assertThat(checked.has("set-up hci7")).isFalse();
  }
}
