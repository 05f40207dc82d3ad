package org.towncrier.town.air;

import java.time.Instant;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.OfferResult;

/** Sees each offer of a simulated radio begin and end, whoever makes it. */
public interface OfferWitness {
  /** One that sees nothing. */
  OfferWitness NONE =
      new OfferWitness() {
        @Override
        public void began(BluetoothAddress phone, Instant at) {}

        @Override
        public void ended(BluetoothAddress phone, OfferResult result, Instant at) {}
      };

  /** The radio was asked to make an offer, and took it on. */
  void began(BluetoothAddress phone, Instant at);

  /** It ended. */
  void ended(BluetoothAddress phone, OfferResult result, Instant at);
}
