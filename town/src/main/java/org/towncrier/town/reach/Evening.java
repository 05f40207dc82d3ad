package org.towncrier.town.reach;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.emulator.PhoneBehaviour;
import org.towncrier.hardware.emulator.PhoneSettings;
import org.towncrier.town.air.AirModel;
import org.towncrier.town.air.PhoneTraits;
import org.towncrier.town.air.PhoneTraits.Scan;

/**
 * Who comes by on one evening, and what each would do: drawn before anybody looks for them, so that
 * every policy meets the same people.
 */
public record Evening(String street, long seed, Instant from, Instant until, List<Passer> passers) {
  /** A Friday, 19:00 in Coalville. */
  public static final Instant SEVEN = Instant.parse("2026-11-27T19:00:00Z");

  /** What iPhones give as their class: with the bit for object transfer, which they do not do. */
  private static final int IPHONE = 0x7A020C;

  /** What iPhones list: audio, remote control, hands-free, phone book, messages, device id. */
  private static final Set<Integer> IPHONE_SERVICES =
      Set.of(0x110A, 0x110C, 0x110E, 0x111F, 0x112F, 0x1132, 0x1200);

  private static final Set<Integer> ANDROID_SERVICES =
      Set.of(0x1105, 0x110A, 0x110C, 0x1112, 0x1115, 0x1116, 0x111F, 0x112F, 0x1132, 0x1200);

  public Evening {
    passers = List.copyOf(passers);
  }

  /** Draws an evening: the same for the same seed. */
  public static Evening draw(StreetModel model, String street, long seed) {
    StreetModel.Plan plan = model.street(street);
    Drawer drawer = new Drawer(model, plan, new Random(seed * 31 + street.hashCode()));
    Instant until = SEVEN.plus(AirModel.seconds(plan.hours() * 3600));
    return new Evening(street, seed, SEVEN, until, drawer.passers(until));
  }

  /** The same evening at another time. */
  public Evening shifted(Duration by) {
    List<Passer> moved =
        passers.stream()
            .map(
                p ->
                    new Passer(
                        p.traits(),
                        p.comes().plus(by),
                        p.leaves().plus(by),
                        p.visibleFrom().plus(by),
                        p.visibleUntil().plus(by)))
            .toList();
    return new Evening(street, seed, from.plus(by), until.plus(by), moved);
  }

  /** Passers whose owner would accept. */
  public List<Passer> willing() {
    return passers.stream().filter(Passer::isWilling).toList();
  }

  private static final class Drawer {
    private static final long FIRST_ADDRESS = 0x0C0000000001L;

    private final StreetModel model;
    private final StreetModel.Plan plan;
    private final Random random;
    private long addresses = FIRST_ADDRESS;

    Drawer(StreetModel model, StreetModel.Plan plan, Random random) {
      this.model = model;
      this.plan = plan;
      this.random = random;
    }

    /** A Poisson process, its rate changing by the hour: thinned from its highest rate. */
    List<Passer> passers(Instant until) {
      double highest = plan.shape().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
      double perSecond = plan.passersPerHour() * model.phones().discoverable() * highest / 3600;
      List<Passer> passers = new ArrayList<>();
      double seconds = 0;
      while (true) {
        seconds -= Math.log(1 - random.nextDouble()) / perSecond;
        Instant comes = SEVEN.plus(AirModel.seconds(seconds));
        if (!comes.isBefore(until)) {
          return passers;
        }
        if (random.nextDouble() * highest < plan.shape().get((int) (seconds / 3600))) {
          Passer passer = passer(comes);
          if (passer != null) {
            passers.add(passer);
          }
        }
      }
    }

    /** Null for one who leaves before having read the sign. */
    private @Nullable Passer passer(Instant comes) {
      StreetModel.Phones phones = model.phones();
      Instant leaves = comes.plus(logNormal(plan.stayMedian(), plan.staySigma()));
      boolean reader = random.nextDouble() >= phones.alwaysVisible();
      Instant from =
          reader ? comes.plus(logNormal(phones.signMedian(), phones.signSigma())) : comes;
      Duration open = logNormal(phones.openMedian(), phones.openSigma());
      Instant until = reader && from.plus(open).isBefore(leaves) ? from.plus(open) : leaves;
      PhoneTraits traits = traits(reader ? model.owners().readers() : model.owners().others());
      return from.isBefore(leaves) ? new Passer(traits, comes, leaves, from, until) : null;
    }

    private PhoneTraits traits(StreetModel.Answers owner) {
      BluetoothAddress address = new BluetoothAddress(addresses++);
      boolean phone = random.nextDouble() >= model.phones().otherDevices();
      boolean objectPush = random.nextDouble() < model.phones().objectPush();
      boolean tells = random.nextDouble() < model.phones().tellsServices();
      Scan scan = scan(random.nextDouble());
      double nearness = random.nextDouble();
      PhoneBehaviour behaviour = behaviour(owner);
      if (!phone) {
        return new PhoneTraits(
            address, PhoneSettings.LAPTOP, null, scan, nearness, new PhoneBehaviour.NoObjectPush());
      }
      if (!objectPush) {
        return new PhoneTraits(
            address,
            IPHONE,
            tells ? IPHONE_SERVICES : null,
            scan,
            nearness,
            new PhoneBehaviour.NoObjectPush());
      }
      return new PhoneTraits(
          address,
          PhoneSettings.SMARTPHONE,
          tells ? ANDROID_SERVICES : null,
          scan,
          nearness,
          behaviour);
    }

    private Scan scan(double draw) {
      if (draw < model.inquiry().v11()) {
        return Scan.V1_1;
      }
      return draw < model.inquiry().v11() + model.inquiry().v12Standard()
          ? Scan.V1_2_STANDARD
          : Scan.V1_2_INTERLACED;
    }

    private PhoneBehaviour behaviour(StreetModel.Answers owner) {
      Duration patience = AirModel.seconds(model.owners().phoneWaits());
      double mood = random.nextDouble();
      Duration answer = logNormal(owner.answerMedian(), owner.answerSigma());
      if (answer.compareTo(patience) >= 0 || mood >= owner.accepts() + owner.declines()) {
        return new PhoneBehaviour.Ignores(patience);
      }
      return mood < owner.accepts()
          ? new PhoneBehaviour.Accepts(answer)
          : new PhoneBehaviour.Declines(answer);
    }

    private Duration logNormal(double median, double sigma) {
      return AirModel.seconds(median * Math.exp(sigma * random.nextGaussian()));
    }
  }
}
