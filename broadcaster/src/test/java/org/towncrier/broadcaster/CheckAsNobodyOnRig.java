package org.towncrier.broadcaster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.broadcaster.machine.Finding.Level;
import org.towncrier.hardware.rig.Guest;

/** {@code --check} without any rights: what an operator sees who starts it by hand. */
@Guest(controllers = 2, rights = Guest.Rights.NOBODY)
class CheckAsNobodyOnRig {
  @TempDir Path folder;

  @Test
  void a_check_without_rights_says_which_are_missing_and_leaves_the_adapter_as_it_is()
      throws IOException {
    Checked checked = Checked.run(folder);
    assertThat(checked.finding("rights").level()).isEqualTo(Level.PROBLEM);
    assertThat(checked.finding("rights").found()).contains("CAP_NET_RAW and CAP_NET_ADMIN");
    assertThat(checked.finding("adapter hci0").level()).isEqualTo(Level.OK);
    assertThat(checked.finding("radio hci0").level()).isEqualTo(Level.PROBLEM);
    assertThat(checked.finding("radio hci0").found()).contains("CAP_NET_ADMIN");
    assertThat(checked.status()).isEqualTo(1);
  }
}
