package org.towncrier.hardware.emulator;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.towncrier.hardware.contract.RadioContract;
import org.towncrier.hardware.contract.RadioRig;

/** The contract, in an air that another process serves. */
@SuppressWarnings("NullAway.Init") // JUnit fills the process in
class RadioAcrossProcessesTest extends RadioContract {
  private static AirProcess process;

  @BeforeAll
  static void serve() throws Exception {
    process = AirProcess.start();
  }

  @AfterAll
  static void end() throws Exception {
    process.close();
  }

  @Override
  protected RadioRig newRig() throws Exception {
    return new EmulatorRig(process.port());
  }
}
