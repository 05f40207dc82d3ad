package org.towncrier.hardware.emulator;

import org.towncrier.hardware.contract.RadioContract;
import org.towncrier.hardware.contract.RadioRig;

/** The contract, in an air inside this process. */
class RadioInProcessTest extends RadioContract {
  @Override
  protected RadioRig newRig() throws Exception {
    return new EmulatorRig(0);
  }
}
