package org.towncrier.broadcaster.round;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.towncrier.hardware.BluetoothAddress;

/** A phone of the tests: how it answers, when it is there, and its own account of what it got. */
final class FakePhone {
  /** How it answers an offer. */
  enum Behaviour {
    ACCEPTS,
    DECLINES,
    IGNORES,
    NEVER_ANSWERS,
    NEVER_ANSWERS_THE_FINAL_PACKET,
    HAS_NO_OBJECT_PUSH,
    IS_OUT_OF_REACH,
    LOSES_THE_LINK_BEFORE_THE_END,
    KEEPS_IT_AND_LOSES_THE_LINK,
    LOSES_IT_AND_THE_LINK
  }

  static final int A_PHONE = 0x5A020C;
  static final int A_LAPTOP = 0x3E010C;

  /** What its owner saw on the screen. */
  record Prompt(Instant at, String object) {}

  final BluetoothAddress address;
  Behaviour behaviour;

  /** What its answers list; null for nothing. */
  @Nullable Set<Integer> services;

  /** Whether they say that those are all. */
  boolean allServices;

  int classOfDevice = A_PHONE;
  @Nullable String name;
  OptionalInt rssi = OptionalInt.empty();
  Instant from = Instant.MIN;
  Instant until = Instant.MAX;
  final List<Prompt> prompts = new ArrayList<>();
  final List<Prompt> receipts = new ArrayList<>();
  final List<Prompt> refusals = new ArrayList<>();
  boolean beingOffered;

  FakePhone(long address, Behaviour behaviour) {
    this.address = new BluetoothAddress(0x001BDC000000L + address);
    this.behaviour = behaviour;
  }

  boolean isHere(Instant at) {
    return !at.isBefore(from) && at.isBefore(until);
  }

  List<String> promptedFor() {
    return prompts.stream().map(Prompt::object).toList();
  }

  List<String> received() {
    return receipts.stream().map(Prompt::object).toList();
  }
}
