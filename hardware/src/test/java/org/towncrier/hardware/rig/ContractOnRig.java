package org.towncrier.hardware.rig;

import org.towncrier.hardware.contract.RadioContract;
import org.towncrier.hardware.contract.RadioRig;

/** The contract, on the kernel's Bluetooth. */
@Guest(controllers = 18, adapters = 2, limit = 400)
class ContractOnRig extends RadioContract {
  @Override
  protected RadioRig newRig() throws Exception {
    return new AirRig();
  }
}
