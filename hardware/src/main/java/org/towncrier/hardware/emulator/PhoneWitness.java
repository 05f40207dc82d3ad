package org.towncrier.hardware.emulator;

/**
 * Told what a phone goes through, on the phone's own thread and before the sender learns of it. If
 * it throws, the phone drops the link.
 */
public interface PhoneWitness {
  /** Its owner was asked. */
  void prompted(Prompt prompt);

  /** It received and kept an object; its 0xA0 is about to be sent. */
  void received(Receipt receipt);

  /** Nobody listens; the phone itself remembers. */
  static PhoneWitness none() {
    return new PhoneWitness() {
      @Override
      public void prompted(Prompt prompt) {}

      @Override
      public void received(Receipt receipt) {}
    };
  }
}
