package org.towncrier.broadcaster.round;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.towncrier.broadcaster.contact.ContactBook;
import org.towncrier.broadcaster.contact.SiteKeys;
import org.towncrier.broadcaster.delivery.DeliveryLog;
import org.towncrier.broadcaster.loop.VirtualEventLoop;
import org.towncrier.broadcaster.store.NodeStore;
import org.towncrier.broadcaster.timetable.LoopWaker;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.protocol.Campaign;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.ContactRules;
import org.towncrier.protocol.DeliveryReport;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.MessageObject;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeSchedule;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.ScheduledMessage;
import org.towncrier.protocol.ScheduledMessage.Priority;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.VariantId;
import org.towncrier.protocol.Window;
import org.towncrier.protocol.WithheldReason;

/** A square of phones in virtual time, with one real node in it that can be killed. */
final class Square implements AutoCloseable {
  static final ZoneId LONDON = ZoneId.of("Europe/London");
  static final NodeId NODE = new NodeId("clock-tower");
  static final CampaignId CAMPAIGN = new CampaignId("safer-evenings");

  /** A Thursday, 20:00 in Coalville. */
  static final Instant EVENING = Instant.parse("2026-11-26T20:00:00Z");

  final VirtualEventLoop time;
  final List<FakePhone> phones = new ArrayList<>();
  final Set<BluetoothAddress> testPhones = new HashSet<>();
  final List<DeliveryLog.Unreported> reports = new ArrayList<>();
  Window permittedHours = Window.daily(LocalTime.of(19, 0), LocalTime.of(4, 0), LONDON);
  boolean phonesOnly = true;
  Optional<String> clockTrouble = Optional.empty();
  Optional<String> otherTrouble = Optional.empty();
  int changes;
  final String[] adapters;
  final List<FakeRadio> radios = new ArrayList<>();
  FakeRadio radio;
  BroadcastRound round;
  NodeStore store;
  SiteKeys keys;
  DeliveryLog deliveries;
  private final Path folder;
  private MortalLoop life;

  Square(Path folder, Instant start, String... adapters) {
    this.folder = folder;
    this.adapters = adapters.length == 0 ? new String[] {"hci0"} : adapters;
    this.time = new VirtualEventLoop(start);
    writeSeed(start.atZone(LONDON).minusHours(12).toLocalDate());
  }

  FakePhone phone(FakePhone.Behaviour behaviour) {
    FakePhone phone = new FakePhone(phones.size() + 1, behaviour);
    phones.add(phone);
    return phone;
  }

  void start() {
    life = new MortalLoop(time, Duration.ZERO);
    store = new NodeStore(folder.resolve("node.db"));
    store.open();
    keys = new SiteKeys(store, new SiteId("square"), LONDON);
    keys.load(folder.resolve("seed.json"));
    deliveries = new DeliveryLog(store);
    ContactBook contacts = new ContactBook(store, keys, deliveries, NODE, testPhones);
    radio = new FakeRadio(time, phones, adapters);
    radios.add(radio);
    round =
        new BroadcastRound(
            life,
            radio,
            new Memory(store, keys, contacts, deliveries),
            new RoundSettings(
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                phonesOnly,
                permittedHours),
            new Surroundings(
                () -> clockTrouble,
                List.of(() -> otherTrouble),
                task -> new LoopWaker(life, task),
                () -> changes++));
    round.start();
    time.runDue();
  }

  /** As {@code kill -9}: nothing is said to anybody, and only what was committed is left. */
  void kill() {
    life.die();
    radio.kill();
    store.close();
  }

  void apply(NodeSchedule schedule) {
    round.apply(schedule);
    time.runDue();
  }

  void pass(Duration duration) {
    time.advance(duration);
  }

  void seconds(long seconds) {
    pass(Duration.ofSeconds(seconds));
  }

  /** Takes a report, as the node's outbox does. */
  void report() {
    reports.add(deliveries.takeUnreported(time.now()));
  }

  /** Every outcome of a message so far, live ones. */
  Map<Outcome, Long> outcomes(String message) {
    report();
    Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
    allCounts().stream()
        .filter(count -> !count.training() && count.message().value().equals(message))
        .forEach(count -> counts.merge(count.outcome(), count.count(), Long::sum));
    return counts;
  }

  Map<WithheldReason, Long> withheld(String message) {
    report();
    Map<WithheldReason, Long> counts = new HashMap<>();
    allCounts().stream()
        .filter(count -> count.message().value().equals(message) && count.reason() != null)
        .forEach(count -> counts.merge(count.reason(), count.count(), Long::sum));
    return counts;
  }

  List<DeliveryReport.OutcomeCount> allCounts() {
    return reports.stream().flatMap(report -> report.outcomes().stream()).toList();
  }

  /** Offers, each with however many calls it took. */
  long offersMade() {
    return radios.stream()
        .flatMap(each -> each.offers.stream())
        .filter(offer -> !offer.again)
        .count();
  }

  /** Offers that ended because the phone has no Object Push, as a search found. */
  long searchedInVain() {
    return radios.stream()
        .flatMap(each -> each.offers.stream())
        .filter(FakeRadio.FakeOffer::wasSearchedInVain)
        .count();
  }

  List<String> breaches() {
    return radios.stream().flatMap(each -> each.breaches.stream()).toList();
  }

  @Override
  public void close() {
    store.close();
  }

  private void writeSeed(LocalDate night) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) 7);
    String base64 = Base64.getEncoder().encodeToString(key);
    try {
      Files.write(
          folder.resolve("seed.json"),
          "{\"site\":\"square\",\"night\":\"%s\",\"nightKey\":\"%s\",\"campaignSecret\":\"%s\"}"
              .formatted(night, base64, base64)
              .getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A schedule to be varied. */
  static final class Plan {
    long revision = 1;
    Instant validUntil = EVENING.plus(Duration.ofDays(14));
    boolean hold;
    boolean training;
    ContactRules contact = ContactRules.DEFAULT;
    List<NodeId> siteNodes = List.of(NODE);
    final Map<CampaignId, Instant> campaigns = new HashMap<>();
    final List<ScheduledMessage> messages = new ArrayList<>();

    Plan message(String id) {
      return message(id, Priority.NORMAL);
    }

    Plan message(String id, Priority priority) {
      return message(id, CAMPAIGN, priority, evenings());
    }

    Plan message(String id, CampaignId campaign, Priority priority, Window... windows) {
      campaigns.putIfAbsent(campaign, EVENING.plus(Duration.ofDays(60)));
      messages.add(
          new ScheduledMessage(new MessageId(id), campaign, priority, words(id), List.of(windows)));
      return this;
    }

    /** A message in several wordings: each is a file of its own name, which is also its id. */
    Plan wordings(String id, String... names) {
      message(id);
      ScheduledMessage whole = messages.remove(messages.size() - 1);
      List<ScheduledMessage.Variant> variants = new ArrayList<>();
      for (String name : names) {
        variants.add(
            new ScheduledMessage.Variant(
                new VariantId(name), variants.isEmpty() ? null : words(name)));
      }
      messages.add(
          new ScheduledMessage(
              whole.id(),
              whole.campaign(),
              whole.priority(),
              words(names[0]),
              whole.windows(),
              variants));
      return this;
    }

    private static MessageObject words(String name) {
      return new MessageObject(
          name + ".txt", "text/plain", ("About " + name).getBytes(StandardCharsets.UTF_8));
    }

    static Window evenings() {
      return Window.daily(LocalTime.of(19, 0), LocalTime.of(4, 0), LONDON);
    }

    NodeSchedule build() {
      return new NodeSchedule(
          new SiteId("square"),
          NODE,
          revision++,
          EVENING,
          validUntil,
          hold,
          training,
          contact,
          siteNodes,
          campaigns.entrySet().stream()
              .map(entry -> new Campaign(entry.getKey(), entry.getValue()))
              .toList(),
          messages);
    }
  }
}
