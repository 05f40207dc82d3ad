package org.towncrier.hardware.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.contract.RadioRig;
import org.towncrier.hardware.emulator.PhoneBehaviour;
import org.towncrier.hardware.emulator.PhoneBehaviour.DropsLink;
import org.towncrier.hardware.emulator.Prompt;
import org.towncrier.hardware.emulator.Receipt;

/**
 * One life of one phone of the rig, as the contract of radios wants it.
 *
 * @param number the controller it lives on
 * @param life which of that controller's lives
 * @param leaving ends this life
 */
record AirPhone(Air air, int number, int life, Consumer<AirPhone> leaving)
    implements RadioRig.Phone {
  /** As the rig's phones announce themselves: a smart phone that takes objects. */
  static final int SMART_PHONE = 0x5A020C;

  static AirPhone appear(Air air, int number, PhoneBehaviour behaviour, Consumer<AirPhone> leaving)
      throws IOException {
    int life = air.set(number, policy(behaviour));
    if (behaviour instanceof PhoneBehaviour.OutOfReach) {
      air.command("reach " + number + " off");
    }
    return new AirPhone(air, number, life, leaving);
  }

  private static String policy(PhoneBehaviour behaviour) {
    if (behaviour instanceof PhoneBehaviour.Accepts accepts) {
      return "android:yes:" + seconds(accepts.after());
    } else if (behaviour instanceof PhoneBehaviour.Declines declines) {
      return "android:no:" + seconds(declines.after());
    } else if (behaviour instanceof PhoneBehaviour.Ignores ignores) {
      return "android:silent:" + seconds(ignores.until());
    } else if (behaviour instanceof PhoneBehaviour.Busy) {
      return "busy";
    } else if (behaviour instanceof PhoneBehaviour.DropsLink drops) {
      return "drop:" + stage(drops.at());
    } else if (behaviour instanceof PhoneBehaviour.Stalls stalls) {
      return "stall:" + stage(stalls.at());
    } else if (behaviour instanceof PhoneBehaviour.Refuses refuses) {
      return "reject:" + Integer.toHexString(refuses.code());
    } else if (behaviour instanceof PhoneBehaviour.NoObjectPush) {
      return "no-opush";
    }
    return "accept";
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f", time.toMillis() / 1000.0);
  }

  private static String stage(DropsLink.At at) {
    return switch (at) {
      case CONNECT -> "connect";
      case HEADERS -> "headers";
      case FIRST_BODY -> "body";
      case FINAL_KEPT -> "final";
      case FINAL_LOST -> "final-lost";
    };
  }

  @Override
  public BluetoothAddress address() {
    return Air.address(number);
  }

  @Override
  public int classOfDevice() {
    return SMART_PHONE;
  }

  @Override
  public List<Receipt> receipts() {
    return events("received").stream()
        .map(
            e ->
                new Receipt(
                    e.word("name"),
                    e.word("type"),
                    Integer.parseInt(e.word("length")),
                    e.word("sha256"),
                    e.at()))
        .toList();
  }

  @Override
  public List<Prompt> prompts() {
    return events("asked").stream()
        .map(e -> new Prompt(e.word("name"), e.word("type"), e.at()))
        .toList();
  }

  @Override
  public void discoverable(boolean seen) throws IOException {
    air.command("visible " + number + (seen ? " on" : " off"));
  }

  @Override
  public void leave() {
    leaving.accept(this);
  }

  private List<AirEvent> events(String what) {
    try {
      return Air.events(number, what).stream()
          .filter(e -> e.word("life").equals(String.valueOf(life)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
