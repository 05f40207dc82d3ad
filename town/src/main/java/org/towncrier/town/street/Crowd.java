package org.towncrier.town.street;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.emulator.PhoneBehaviour;
import org.towncrier.hardware.emulator.PhoneSettings;

/**
 * Who is out tonight: how many of each kind of phone, as weights, and how long they take.
 *
 * @param accepting owners who take what they are offered
 * @param declining owners who decline it
 * @param ignoring owners who never look
 * @param iphones phones without Object Push
 * @param outOfReach phones that are seen and then can't be called
 * @param laptops devices that are no phones
 * @param decision how long an owner takes to accept or decline
 * @param patience how long a phone waits for an owner who never looks
 * @param stay how long a phone stays in the square; some leave in the middle of an offer
 */
public record Crowd(
    int accepting,
    int declining,
    int ignoring,
    int iphones,
    int outOfReach,
    int laptops,
    Range decision,
    Duration patience,
    Range stay) {

  /** Any time from {@code least} up to {@code most}, all equally likely. */
  public record Range(Duration least, Duration most) {
    public Range {
      if (least.isNegative() || most.compareTo(least) < 0) {
        throw new IllegalArgumentException("A range goes up: " + least + " to " + most);
      }
    }

    Duration some(RandomGenerator random) {
      return least.plusMillis(random.nextLong(most.minus(least).toMillis() + 1));
    }
  }

  /**
   * A crowd in which things happen while one watches. Real squares are duller (see README): of the
   * phones seen there, one in seven accepted where posters asked for it, one in 230 where not.
   * Android waits 50 s for an owner who never looks, these phones 20 s.
   */
  public static final Crowd LIVELY =
      new Crowd(
          50,
          16,
          6,
          16,
          5,
          7,
          new Range(Duration.ofSeconds(1), Duration.ofSeconds(8)),
          Duration.ofSeconds(20),
          new Range(Duration.ofSeconds(15), Duration.ofSeconds(75)));

  public Crowd {
    if (accepting + declining + ignoring + iphones + outOfReach + laptops <= 0) {
      throw new IllegalArgumentException("A crowd has somebody in it");
    }
  }

  /** Somebody of this crowd. */
  PhoneSettings somebody(BluetoothAddress address, RandomGenerator random) {
    int one =
        random.nextInt(accepting + declining + ignoring + iphones + outOfReach + laptops)
            - accepting;
    if (one < 0) {
      return PhoneSettings.android(address, new PhoneBehaviour.Accepts(decision.some(random)));
    }
    one -= declining;
    if (one < 0) {
      return PhoneSettings.android(address, new PhoneBehaviour.Declines(decision.some(random)));
    }
    one -= ignoring;
    if (one < 0) {
      return PhoneSettings.android(address, new PhoneBehaviour.Ignores(patience));
    }
    one -= iphones;
    if (one < 0) {
      return PhoneSettings.iphone(address);
    }
    one -= outOfReach;
    if (one < 0) {
      return PhoneSettings.android(address, new PhoneBehaviour.OutOfReach());
    }
    return new PhoneSettings(
        address, "Laptop", PhoneSettings.LAPTOP, new PhoneBehaviour.NoObjectPush());
  }
}
