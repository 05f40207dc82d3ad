package org.towncrier.town.air;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.towncrier.broadcaster.loop.VirtualEventLoop;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.Radio;
import org.towncrier.hardware.contract.RadioRig;
import org.towncrier.hardware.emulator.PhoneBehaviour;
import org.towncrier.hardware.emulator.PhoneSettings;
import org.towncrier.hardware.emulator.Prompt;
import org.towncrier.hardware.emulator.Receipt;
import org.towncrier.town.air.PhoneTraits.Scan;

/**
 * The simulated radio on a rig. Time passes only while the test waits, on a thread of its own, and
 * then as fast as it can: the two threads never work at once.
 */
final class SimulationRig implements RadioRig {
  /** An hour of virtual time: far more than anything the contract waits for takes. */
  private static final Duration GENEROUS = Duration.ofHours(1);

  /** Less than the shortest time the contract speaks of. */
  private static final Duration STEP = Duration.ofMillis(1);

  /** A radio without losses, quick enough for the contract's short deadlines to cut into offers. */
  private static final AirModel QUICK =
      new AirModel(
          new AirModel.Inquiry(0.1, 0.05, 0.03, 0.01, 0, 0.5, 0.5, 0, 0, 1, 1, 0),
          new AirModel.Link(
              0.01, 0, 0, 2, 0.001, 0.002, 0.001, 0.002, 0.001, 0.01, 1e6, 0.003, 1, 2, 0, 0, 0),
          new AirModel.Signal(-50, -90, 0, 0));

  private final VirtualEventLoop loop = new VirtualEventLoop(Instant.parse("2026-11-27T21:00:00Z"));
  private final VirtualAir air = new VirtualAir(loop, QUICK, 7);
  private final SimulatedRadio radio =
      new SimulatedRadio(air, List.of(FIRST, SECOND), OfferWitness.NONE);
  private final ExecutorService time =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "virtual time"));
  private final List<SimulatedPhone> phones = new ArrayList<>();
  private long addresses = 0x001BDC000000L;

  @Override
  public Radio radio() {
    return radio;
  }

  @Override
  public Phone phone(PhoneBehaviour behaviour) {
    Scan scan = phones.size() % 2 == 0 ? Scan.V1_2_INTERLACED : Scan.V1_2_STANDARD;
    PhoneTraits traits =
        new PhoneTraits(nobody(), PhoneSettings.SMARTPHONE, Set.of(), scan, 1, behaviour);
    SimulatedPhone phone = air.appear(traits, null);
    phones.add(phone);
    phone.discoverable(true);
    return new RigPhone(phone);
  }

  @Override
  public BluetoothAddress nobody() {
    return new BluetoothAddress(addresses++);
  }

  @Override
  public void breakAdapter(AdapterId adapter) {
    radio.breakAdapter(adapter);
  }

  @Override
  public void mendAdapter(AdapterId adapter) {
    radio.mendAdapter(adapter);
  }

  @Override
  public <T> T await(CompletionStage<T> stage) throws Exception {
    await("it has ended", () -> stage.toCompletableFuture().isDone());
    return stage.toCompletableFuture().get(1, TimeUnit.SECONDS);
  }

  @Override
  public void await(String what, BooleanSupplier condition) throws Exception {
    Boolean came = time.submit(() -> pass(condition)).get();
    if (!came) {
      throw new AssertionError("Waited in vain until " + what);
    }
  }

  private boolean pass(BooleanSupplier condition) {
    Instant end = loop.now().plus(GENEROUS);
    loop.runDue();
    while (!condition.getAsBoolean()) {
      if (loop.now().isAfter(end)) {
        return false;
      }
      loop.advance(STEP);
    }
    return true;
  }

  @Override
  public List<String> leftovers() {
    return radio.leftovers();
  }

  @Override
  public void close() {
    time.shutdownNow();
  }

  private record RigPhone(SimulatedPhone phone) implements Phone {
    @Override
    public BluetoothAddress address() {
      return phone.address();
    }

    @Override
    public int classOfDevice() {
      return phone.traits().classOfDevice();
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
    public void discoverable(boolean seen) {
      phone.discoverable(seen);
    }

    @Override
    public void leave() {
      phone.leave();
    }
  }
}
