package org.towncrier.town.air;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.towncrier.broadcaster.loop.EventLoop;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.PushObject;
import org.towncrier.hardware.emulator.Receipt;

/**
 * One place in virtual time: the phones in range, and the looks that compete for their answers. Not
 * for use by several threads.
 */
public final class VirtualAir {
  private final EventLoop loop;
  private final AirModel model;
  private final Chance chance;
  private final Instant began;
  private final Map<BluetoothAddress, SimulatedPhone> phones = new LinkedHashMap<>();
  private final List<Look> looks = new ArrayList<>();
  private @Nullable PushObject lastDigested;
  private String lastDigest = "";
  private long looksMade;
  private int adaptersMade;

  /**
   * An empty place.
   *
   * @param loop whose time it lives in
   * @param seed of everything that is left to chance
   */
  public VirtualAir(EventLoop loop, AirModel model, long seed) {
    this.loop = loop;
    this.model = model;
    this.chance = new Chance(seed);
    this.began = loop.now();
  }

  /**
   * A phone comes into range, hidden.
   *
   * @param leaves when it will leave, if that is known: it is at the edge of the range before
   */
  public SimulatedPhone appear(PhoneTraits traits, @Nullable Instant leaves) {
    SimulatedPhone phone = new SimulatedPhone(this, traits, leaves);
    if (phones.putIfAbsent(traits.address(), phone) != null) {
      throw new IllegalStateException("This phone is here already");
    }
    return phone;
  }

  AirModel model() {
    return model;
  }

  Chance chance() {
    return chance;
  }

  EventLoop loop() {
    return loop;
  }

  Instant now() {
    return loop.now();
  }

  /** Seconds since this place began. */
  double clock() {
    return Duration.between(began, loop.now()).toNanos() / 1e9;
  }

  @Nullable SimulatedPhone phone(BluetoothAddress address) {
    return phones.get(address);
  }

  /** A number for an adapter: the first to come has 0. */
  int nextAdapter() {
    return adaptersMade++;
  }

  /** A number for a look. */
  long nextLook() {
    return looksMade++;
  }

  void began(Look look) {
    looks.add(look);
    phones.values().stream().filter(SimulatedPhone::isDiscoverable).forEach(look::consider);
  }

  void ended(Look look) {
    looks.remove(look);
  }

  /** The looks that go on. */
  List<Look> looks() {
    return looks;
  }

  void shown(SimulatedPhone phone) {
    looks.forEach(look -> look.consider(phone));
  }

  void left(SimulatedPhone phone) {
    phones.remove(phone.address());
  }

  /** An object's digest: in an evening all receipts are of a few objects. */
  String digest(PushObject object) {
    if (object != lastDigested) {
      lastDigest = Receipt.sha256(object.content());
      lastDigested = object;
    }
    return lastDigest;
  }
}
