package org.towncrier.broadcaster;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.List;
import org.towncrier.broadcaster.config.BroadcasterConfig;
import org.towncrier.broadcaster.config.RadioSettings;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.Radio;
import org.towncrier.hardware.bluecove.AdapterSettings;
import org.towncrier.hardware.bluecove.BlueCoveRadio;
import org.towncrier.hardware.bluecove.BlueCoveSettings;
import org.towncrier.hardware.bluecove.BlueCoveStack;
import org.towncrier.hardware.bluecove.BlueZStack;
import org.towncrier.hardware.bluecove.NativeStack;
import org.towncrier.hardware.bluecove.SetUpStack;
import org.towncrier.hardware.bluez.AdapterSetUp;
import org.towncrier.hardware.emulator.EmulatedAddress;
import org.towncrier.hardware.emulator.EmulatorStack;

/** The radio that a node's settings ask for. */
public final class Radios {
  private Radios() {}

  /** Opens nothing yet. */
  public static Radio of(BroadcasterConfig config, InstantSource clock) {
    RadioSettings settings = config.radio();
    BlueCoveStack stack =
        switch (settings.stack()) {
          case EMULATOR -> new EmulatorStack(settings.emulatorPort());
          case BLUEZ -> new SetUpStack(new BlueZStack(), new AdapterSetUp(settings.name()));
          case BLUECOVE_GPL ->
              new SetUpStack(new NativeStack(null), new AdapterSetUp(settings.name()));
        };
    List<AdapterSettings> adapters =
        settings.adapters().stream()
            .map(
                adapter ->
                    new AdapterSettings(
                        adapter.name(),
                        adapter.address() == null
                                && settings.stack() == RadioSettings.Stack.EMULATOR
                            ? emulated(config, adapter)
                            : adapter.address()))
            .toList();
    return new BlueCoveRadio(new BlueCoveSettings(stack, adapters), clock);
  }

  /** The same at each start, so that the air knows an adapter that comes back after a crash. */
  private static BluetoothAddress emulated(
      BroadcasterConfig config, RadioSettings.Adapter adapter) {
    String name = config.site() + "/" + config.node() + "/" + adapter.name();
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return EmulatedAddress.of(
          config.radio().emulatorPlace(), ByteBuffer.wrap(digest).getLong() >>> 24);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("This JDK lacks SHA-256", impossible);
    }
  }
}
