package org.towncrier.town.air;

import org.towncrier.hardware.contract.RadioContract;
import org.towncrier.hardware.contract.RadioRig;

/** The simulated radio keeps the contract. */
class RadioInVirtualTimeTest extends RadioContract {
  @Override
  protected RadioRig newRig() {
    return new SimulationRig();
  }
}
