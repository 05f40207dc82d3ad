package org.towncrier.town.air;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.PushObject;
import org.towncrier.hardware.emulator.Prompt;
import org.towncrier.hardware.emulator.Receipt;
import org.towncrier.town.air.Chance.Draw;

/** A phone within range of the virtual air, until it leaves. */
public final class SimulatedPhone {
  private final VirtualAir air;
  private final PhoneTraits traits;
  private final Instant came;
  private final @Nullable Instant leaves;
  private final List<Prompt> prompts = new ArrayList<>();
  private final List<Receipt> receipts = new ArrayList<>();
  private final List<SimulatedOffer> links = new ArrayList<>();
  private boolean here = true;
  private boolean discoverable;
  private int pages;

  SimulatedPhone(VirtualAir air, PhoneTraits traits, @Nullable Instant leaves) {
    this.air = air;
    this.traits = traits;
    this.came = air.now();
    this.leaves = leaves;
  }

  /** What it is. */
  public PhoneTraits traits() {
    return traits;
  }

  /** Its address. */
  public BluetoothAddress address() {
    return traits.address();
  }

  /** What its owner was asked. */
  public List<Prompt> prompts() {
    return List.copyOf(prompts);
  }

  /** What it received and kept. */
  public List<Receipt> receipts() {
    return List.copyOf(receipts);
  }

  /** Shows it to those who look, or hides it. It can be called either way. */
  public void discoverable(boolean seen) {
    discoverable = seen && here;
    if (discoverable) {
      air.shown(this);
    }
  }

  /** It is out of range, for good. */
  public void leave() {
    if (here) {
      here = false;
      discoverable = false;
      air.left(this);
      List.copyOf(links).forEach(SimulatedOffer::phoneLeft);
    }
  }

  boolean isHere() {
    return here;
  }

  boolean isDiscoverable() {
    return discoverable;
  }

  /** Its key for chance: itself, in every run. */
  long key() {
    return traits.address().value();
  }

  /** The number of the page that begins, the first being 0. */
  int nextPage() {
    return pages++;
  }

  void linked(SimulatedOffer offer) {
    links.add(offer);
  }

  void unlinked(SimulatedOffer offer) {
    links.remove(offer);
  }

  void prompted(PushObject object) {
    prompts.add(new Prompt(object.name(), object.type(), air.now()));
  }

  void received(PushObject object) {
    receipts.add(
        new Receipt(
            object.name(), object.type(), object.content().length, air.digest(object), air.now()));
  }

  /** From 0 to 1: less while its owner comes or goes. */
  double nearness() {
    double share = shareOfEdge(Duration.between(came, air.now()));
    if (leaves != null) {
      share = Math.min(share, shareOfEdge(Duration.between(air.now(), leaves)));
    }
    return traits.nearness() * share;
  }

  /** How strong it is heard, in dBm. */
  int rssi(long draw) {
    AirModel.Signal signal = air.model().signal();
    double noise = (air.chance().of(Draw.STRENGTH, key(), draw, 0) * 2 - 1) * signal.noise();
    return (int) Math.round(signal.far() + (signal.near() - signal.far()) * nearness() + noise);
  }

  private double shareOfEdge(Duration fromEdge) {
    double edge = air.model().signal().edge();
    return edge <= 0 ? 1 : Math.max(0, Math.min(1, fromEdge.toMillis() / 1000.0 / edge));
  }
}
