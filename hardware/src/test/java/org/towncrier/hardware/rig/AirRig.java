package org.towncrier.hardware.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.Radio;
import org.towncrier.hardware.bluecove.AdapterSettings;
import org.towncrier.hardware.bluecove.BlueCoveRadio;
import org.towncrier.hardware.bluecove.BlueCoveSettings;
import org.towncrier.hardware.contract.RadioRig;
import org.towncrier.hardware.emulator.PhoneBehaviour;

/**
 * The radio on a real stack, inside the rig: adapters are controllers 0 and 1, phones the others.
 * On a machine as a node is, without bluetoothd: see {@link Air#mask}.
 */
final class AirRig implements RadioRig {
  private static final int NOBODY = 0xF9;
  private static final long GENEROUS_SECONDS = 60;
  private static final BlueCoveSettings.Timing QUICK =
      new BlueCoveSettings.Timing(
          Duration.ofSeconds(8),
          Duration.ofMillis(500),
          Duration.ofMillis(100),
          Duration.ofMillis(500),
          3,
          8192);

  private final Air air = new Air();
  private final Radio radio;
  private final Deque<Integer> free = new ArrayDeque<>();
  private final Set<AirPhone> phones = new HashSet<>();
  private final Set<Integer> pulledOut = new HashSet<>();

  AirRig() throws IOException {
    air.mask();
    for (String number : air.command("phones").split(" ")) {
      free.add(Integer.valueOf(number));
    }
    radio =
        new BlueCoveRadio(
            new BlueCoveSettings(
                Stack.UNDER_TEST,
                List.of(
                    new AdapterSettings(FIRST, Air.address(0)),
                    new AdapterSettings(SECOND, Air.address(1))),
                QUICK),
            InstantSource.system());
  }

  @Override
  public Radio radio() {
    return radio;
  }

  @Override
  public Phone phone(PhoneBehaviour behaviour) throws Exception {
    if (free.isEmpty()) {
      throw new IllegalStateException("The rig has too few controllers for so many phones");
    }
    AirPhone phone = AirPhone.appear(air, free.remove(), behaviour, this::leave);
    phones.add(phone);
    return phone;
  }

  @Override
  public BluetoothAddress nobody() {
    return Air.address(NOBODY);
  }

  @Override
  public void breakAdapter(AdapterId adapter) throws Exception {
    if (pulledOut.add(number(adapter))) {
      air.command("unplug " + number(adapter));
    }
  }

  @Override
  public void mendAdapter(AdapterId adapter) throws Exception {
    if (pulledOut.remove(number(adapter))) {
      air.command("plug " + number(adapter));
    }
  }

  @Override
  public <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(GENEROUS_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void await(String what, BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(GENEROUS_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Waited in vain until " + what);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** With the phones still there: they are not to clean up after us. */
  @Override
  public List<String> leftovers() throws Exception {
    List<String> left = new ArrayList<>(Leftovers.ofThisProcess());
    for (int adapter = 0; adapter < 2; adapter++) {
      if (!pulledOut.contains(adapter) && air.links(adapter) > 0) {
        left.add(air.links(adapter) + " links of adapter " + adapter);
      }
    }
    return left;
  }

  @Override
  public void close() throws Exception {
    try (air) {
      for (AirPhone phone : phones) {
        air.set(phone.number(), "absent");
      }
      for (int adapter : pulledOut) {
        air.command("plug " + adapter);
      }
    }
  }

  /** Once: its controller may live another life by now. */
  private void leave(AirPhone phone) {
    if (phones.remove(phone)) {
      try {
        air.command("leave " + phone.number());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      free.add(phone.number());
    }
  }

  private static int number(AdapterId adapter) {
    return adapter.equals(FIRST) ? 0 : 1;
  }
}
