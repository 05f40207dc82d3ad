package org.towncrier.hardware.emulator;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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

/** The radio in an emulated air, inside this process or in another one. */
final class EmulatorRig implements RadioRig {
  private static final int PLACE = 7;
  private static final long GENEROUS_SECONDS = 30;
  private static final BlueCoveSettings.Timing QUICK =
      new BlueCoveSettings.Timing(
          Duration.ofSeconds(8),
          Duration.ofMillis(100),
          Duration.ofMillis(30),
          Duration.ofMillis(200),
          3,
          8192);

  private final EmulatedAir air;
  private final Random random = new Random();
  private final BluetoothAddress first = EmulatedAddress.random(PLACE, random);
  private final BluetoothAddress second = EmulatedAddress.random(PLACE, random);
  private final Radio radio;
  private final List<EmulatedPhone> phones = new ArrayList<>();

  EmulatorRig(int port) throws Exception {
    air = new EmulatedAir(port, InstantSource.system()).start();
    radio =
        new BlueCoveRadio(
            new BlueCoveSettings(
                new EmulatorStack(port),
                List.of(new AdapterSettings(FIRST, first), new AdapterSettings(SECOND, second)),
                QUICK),
            InstantSource.system());
  }

  @Override
  public Radio radio() {
    return radio;
  }

  @Override
  public Phone phone(PhoneBehaviour behaviour) throws Exception {
    EmulatedPhone phone =
        air.phone(PhoneSettings.android(EmulatedAddress.random(PLACE, random), behaviour));
    phones.add(phone);
    phone.appear();
    return new RigPhone(phone);
  }

  @Override
  public BluetoothAddress nobody() {
    return EmulatedAddress.random(PLACE, random);
  }

  @Override
  public void breakAdapter(AdapterId adapter) throws Exception {
    air.unplug(address(adapter));
  }

  @Override
  public void mendAdapter(AdapterId adapter) throws Exception {
    air.plugIn(address(adapter));
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
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }

  @Override
  public List<String> leftovers() throws Exception {
    phones.forEach(EmulatedPhone::close);
    List<String> left = new ArrayList<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().matches("(radio|phone|BlueCoveEmu|DeviceInq|SearchServ).*")
          && !thread.getName().equals("phone-session")) { // a pool of the air's
        left.add("thread " + thread.getName());
      }
    }
    if (air.devices() > 0) {
      left.add(air.devices() + " devices");
    }
    return left;
  }

  @Override
  public void close() {
    air.close();
  }

  private BluetoothAddress address(AdapterId adapter) {
    return adapter.equals(FIRST) ? first : second;
  }

  private record RigPhone(EmulatedPhone phone) implements Phone {
    @Override
    public BluetoothAddress address() {
      return phone.address();
    }

    @Override
    public int classOfDevice() {
      return phone.settings().classOfDevice();
    }

    @Override
    public List<Receipt> receipts() {
      return phone.receipts();
    }

    @Override
    public List<Prompt> prompts() {
      return phone.prompts();
    }

    @Override
    public void discoverable(boolean seen) throws Exception {
      phone.discoverable(seen);
    }

    @Override
    public void leave() {
      phone.close();
    }
  }
}
