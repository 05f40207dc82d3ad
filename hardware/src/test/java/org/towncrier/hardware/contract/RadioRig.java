package org.towncrier.hardware.contract;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.Radio;
import org.towncrier.hardware.emulator.PhoneBehaviour;
import org.towncrier.hardware.emulator.Prompt;
import org.towncrier.hardware.emulator.Receipt;

/** A radio under test and the phones around it, real, emulated or simulated. One rig a test. */
public interface RadioRig extends AutoCloseable {
  AdapterId FIRST = new AdapterId("first");
  AdapterId SECOND = new AdapterId("second");

  /** A radio with two adapters, {@link #FIRST} and {@link #SECOND}, not started. One a rig. */
  Radio radio();

  /** A phone that is there and can be seen. */
  Phone phone(PhoneBehaviour behaviour) throws Exception;

  /** A phone in the rig's hands. */
  interface Phone {
    BluetoothAddress address();

    int classOfDevice();

    List<Receipt> receipts();

    List<Prompt> prompts();

    void discoverable(boolean seen) throws Exception;

    void leave();
  }

  /** An address that no phone has. */
  BluetoothAddress nobody();

  /** Breaks an adapter until it is mended; may be called before the radio starts. */
  void breakAdapter(AdapterId adapter) throws Exception;

  void mendAdapter(AdapterId adapter) throws Exception;

  /** Lets time pass until it is there. Fails the test after a generous while. */
  <T> T await(CompletionStage<T> stage) throws Exception;

  /** Lets time pass until it is so. Fails the test after a generous while. */
  void await(String what, BooleanSupplier condition) throws Exception;

  /** What the closed radio left open: threads, links, devices; in words. */
  List<String> leftovers() throws Exception;

  @Override
  void close() throws Exception;
}
