package org.towncrier.town;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import org.junit.jupiter.api.Test;

class LicencesTest {
  @Test
  void bluecoves_gpl_module_is_with_nothing_that_ships() throws Exception {
    // The class path of town is what all programs together ship, and tests.
    assertThat(System.getProperty("java.class.path").split(File.pathSeparator))
        .noneMatch(path -> path.contains("bluecove-gpl"));
    assertThat(LicencesTest.class.getResource("/com/intel/bluetooth/BluetoothStackBlueZ.class"))
        .isNull();
  }
}
