package org.towncrier.town.soak;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.towncrier.broadcaster.config.BroadcasterConfig.ReportSettings;
import org.towncrier.broadcaster.delivery.DeliveryLog;
import org.towncrier.broadcaster.loop.VirtualEventLoop;
import org.towncrier.broadcaster.report.ReportOutbox;
import org.towncrier.broadcaster.report.Unreported;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.OfferResult;
import org.towncrier.protocol.Acks;
import org.towncrier.protocol.Campaign;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.ContactRules;
import org.towncrier.protocol.DeliveryReport;
import org.towncrier.protocol.MalformedPayloadException;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.MessageObject;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeSchedule;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.ScheduledMessage;
import org.towncrier.protocol.ScheduledMessage.Priority;
import org.towncrier.protocol.SigningKey;
import org.towncrier.protocol.Topic;
import org.towncrier.protocol.WireJson;
import org.towncrier.town.air.OfferWitness;
import org.towncrier.town.air.PhoneTraits;
import org.towncrier.town.air.SimulatedPhone;
import org.towncrier.town.air.SimulatedRadio;
import org.towncrier.town.air.VirtualAir;
import org.towncrier.town.reach.Evening;
import org.towncrier.town.reach.Passer;
import org.towncrier.town.reach.StreetModel;
import org.towncrier.town.reach.VirtualNode;

/**
 * A node with two adapters through many nights in virtual time, with one file, one radio and one
 * boot: quiet evenings, busy Fridays and Saturdays, a campaign a week, some people who come again,
 * adapters that fail, and a console that confirms its reports.
 */
final class VirtualMonth implements AutoCloseable {
  private static final NodeId NODE = new NodeId("clock-tower");
  private static final List<AdapterId> ADAPTERS =
      List.of(new AdapterId("hci0"), new AdapterId("hci1"));
  private static final Duration A_DAY = Duration.ofDays(1);
  private static final int NIGHTS_A_CAMPAIGN = 7;

  /** Signatures take most of the time that this takes; a console confirms sooner. */
  private static final Duration CONFIRMS = Duration.ofMinutes(2);

  /** From 19:00 to the next day's noon, and what the node does then. */
  private static final Duration TO_AFTER_NOON = Duration.ofHours(17).plusMinutes(10);

  /** Of three people one was here on every night before. */
  private static final int REGULARS = 3;

  private static final long A_NIGHTS_ADDRESSES = 1L << 24;

  private final StreetModel model = StreetModel.load();
  private final VirtualEventLoop loop =
      new VirtualEventLoop(Evening.SEVEN.minus(A_DAY.dividedBy(24)));
  private final VirtualAir air = new VirtualAir(loop, model.air(), 1);
  private final Offers offers = new Offers();
  private final SimulatedRadio radio = new SimulatedRadio(air, ADAPTERS, offers);
  private final VirtualNode node = new VirtualNode(loop, radio, NODE, note -> {});
  private final SigningKey console = SigningKey.generate();
  private final UUID boot = UUID.randomUUID();
  private final ReportOutbox outbox;
  private final MessageObject object =
      new MessageObject("last-bus.txt", "text/plain", new byte[1000]);
  private long accepted;
  private long reports;
  private int night;
  private boolean confirming;

  private static final class Offers implements OfferWitness {
    private long begun;
    private long accepted;

    @Override
    public void began(BluetoothAddress phone, Instant at) {
      begun++;
    }

    @Override
    public void ended(BluetoothAddress phone, OfferResult result, Instant at) {
      if (result.end() == OfferResult.End.ACCEPTED) {
        accepted++;
      }
    }
  }

  /**
   * What a night left, at noon.
   *
   * @param offers calls that the radio made so far
   * @param accepted as the console has heard so far
   * @param acceptedOnAir as the radio knows
   * @param reports sent so far
   * @param fileKib what the node's file takes
   */
  record Night(
      int number,
      String street,
      long offers,
      long accepted,
      long acceptedOnAir,
      long reports,
      long fileKib,
      Rows rows,
      Footprint footprint) {}

  VirtualMonth() {
    outbox =
        new ReportOutbox(
            VirtualNode.SITE,
            NODE,
            boot,
            List.of(console.trustedKey()),
            ReportSettings.DEFAULT,
            loop,
            node.store(),
            this::take,
            this::toConsole);
    node.deliveries().onCount(outbox::counted);
    loop.execute(outbox::start);
    loop.execute(outbox::connected);
  }

  /** Lives through the next night on that street, up to the noon after it. */
  Night next(String street) {
    Instant evening = Evening.SEVEN.plus(A_DAY.multipliedBy(night));
    node.apply(schedule());
    Evening drawn =
        Evening.draw(model, street, night + 1).shifted(Duration.between(Evening.SEVEN, evening));
    drawn.passers().forEach(this::expect);
    for (int i = 0; i < ADAPTERS.size(); i++) {
      AdapterId adapter = ADAPTERS.get(i);
      Instant breaks = evening.plus(Duration.ofMinutes(60L + 40L * i + night));
      loop.at(breaks, () -> radio.breakAdapter(adapter));
      loop.at(breaks.plusSeconds(90), () -> radio.mendAdapter(adapter));
    }
    loop.advanceTo(evening.plus(TO_AFTER_NOON));
    night++;
    Rows rows = Rows.of(node.store(), loop.now(), campaigns());
    long file =
        Long.parseLong(node.store().pragma("page_count"))
            * Long.parseLong(node.store().pragma("page_size"));
    return new Night(
        night,
        street,
        offers.begun,
        accepted,
        offers.accepted,
        reports,
        file / 1024,
        rows,
        Footprint.now());
  }

  private void expect(Passer passer) {
    PhoneTraits traits = passer.traits();
    long number = traits.address().value();
    BluetoothAddress address =
        number % REGULARS == 0
            ? traits.address()
            : new BluetoothAddress(number + night * A_NIGHTS_ADDRESSES);
    PhoneTraits own =
        new PhoneTraits(
            address,
            traits.classOfDevice(),
            traits.services(),
            traits.scan(),
            traits.nearness(),
            traits.behaviour());
    loop.at(
        passer.comes(),
        () -> {
          SimulatedPhone phone = air.appear(own, passer.leaves());
          loop.at(passer.visibleFrom(), () -> phone.discoverable(true));
          loop.at(passer.visibleUntil(), () -> phone.discoverable(false));
          loop.at(passer.leaves(), phone::leave);
        });
  }

  private int campaigns() {
    return (night - 1) / NIGHTS_A_CAMPAIGN + 1;
  }

  /** A campaign for this week, ending in the morning after its last night. */
  private NodeSchedule schedule() {
    int week = night / NIGHTS_A_CAMPAIGN;
    CampaignId campaign = new CampaignId("week-" + week);
    Instant ends =
        Evening.SEVEN
            .plus(A_DAY.multipliedBy((week + 1L) * NIGHTS_A_CAMPAIGN))
            .minus(Duration.ofHours(12));
    return new NodeSchedule(
        VirtualNode.SITE,
        NODE,
        night + 1L,
        loop.now(),
        loop.now().plus(Duration.ofDays(14)),
        false,
        false,
        ContactRules.DEFAULT,
        List.of(NODE),
        List.of(new Campaign(campaign, ends)),
        List.of(
            message("last-bus-" + week, campaign, Priority.NORMAL),
            message("taxis-" + week, campaign, Priority.HIGH),
            message("help-" + week, campaign, Priority.NORMAL)));
  }

  private ScheduledMessage message(String id, CampaignId campaign, Priority priority) {
    return new ScheduledMessage(
        new MessageId(id), campaign, priority, object, List.of(VirtualNode.EVENINGS));
  }

  private Unreported.Counts take() {
    DeliveryLog.Unreported taken = node.deliveries().takeUnreported(loop.now());
    return new Unreported.Counts(taken.outcomes(), taken.coverage(), taken.phonesSeen());
  }

  /** A console that counts each report once, and says every other minute what it has. */
  private CompletableFuture<Void> toConsole(byte[] payload) {
    DeliveryReport report = read(payload);
    if (report.seq() == reports + 1) {
      reports++;
      report.outcomes().stream()
          .filter(count -> count.outcome() == Outcome.ACCEPTED)
          .forEach(count -> accepted += count.count());
    }
    if (!confirming) {
      confirming = true;
      loop.after(CONFIRMS, this::confirm);
    }
    return CompletableFuture.completedFuture(null);
  }

  private void confirm() {
    confirming = false;
    Acks acks = new Acks(VirtualNode.SITE, NODE, List.of(new Acks.Boot(boot, reports)));
    outbox.acknowledged(WireJson.write(console.seal(Topic.Kind.ACKS, acks)));
  }

  private static DeliveryReport read(byte[] payload) {
    try {
      return WireJson.read(payload, DeliveryReport.class);
    } catch (MalformedPayloadException e) {
      throw new IllegalStateException("The node made a report that nobody can read", e);
    }
  }

  /** A week has a busy Friday and Saturday; the first night is a Friday. */
  static String streetOf(int night) {
    return night % NIGHTS_A_CAMPAIGN < 2 ? "busy-friday" : "quiet-evening";
  }

  /**
   * Lives through that many nights.
   *
   * @param streets which street each night is, the first being 0
   */
  static List<Night> live(int nights, IntFunction<String> streets, Consumer<Night> onNight) {
    List<Night> lived = new ArrayList<>();
    try (VirtualMonth month = new VirtualMonth()) {
      for (int i = 0; i < nights; i++) {
        Night night = month.next(streets.apply(i));
        onNight.accept(night);
        lived.add(night);
      }
    }
    return lived;
  }

  /**
   * What those nights left in the store, and where the console's counts are not the radio's, worded
   * for people; empty when all is well. What the process holds besides is {@link Growth}'s.
   */
  static List<String> faults(List<Night> nights) {
    List<String> faults = new ArrayList<>();
    long acceptedBefore = 0;
    for (Night night : nights) {
      // A node that does nothing leaks nothing.
      if (night.accepted() <= acceptedBefore) {
        faults.add("night " + night.number() + ": nobody accepted anything");
      }
      acceptedBefore = night.accepted();
      night.rows().leftOver().forEach(left -> faults.add("night " + night.number() + ": " + left));
      if (night.accepted() != night.acceptedOnAir()) {
        faults.add(
            "night %d: the console counts %d accepted, the radio %d"
                .formatted(night.number(), night.accepted(), night.acceptedOnAir()));
      }
    }
    return faults;
  }

  /** The rows of the last night, for those who read. */
  static Map<String, Long> rows(List<Night> nights) {
    return nights.get(nights.size() - 1).rows().byTable();
  }

  @Override
  public void close() {
    node.stop();
    outbox.close();
    node.close();
    radio.close();
  }
}
