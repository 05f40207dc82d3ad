package org.towncrier.broadcaster.contact;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.towncrier.broadcaster.delivery.DeliveryLog;
import org.towncrier.broadcaster.delivery.OutcomeTable;
import org.towncrier.broadcaster.store.NodeStore;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.protocol.Campaign;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.ContactRules;
import org.towncrier.protocol.DeliveryReport.OutcomeCount;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.MessageObject;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeSchedule;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.ScheduledMessage;
import org.towncrier.protocol.ScheduledMessage.Priority;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Window;

/** One node's keys, book and log on a real store. */
final class Site implements AutoCloseable {
  static final ZoneId LONDON = ZoneId.of("Europe/London");
  static final Instant EVENING = Instant.parse("2026-11-26T20:00:00Z");
  static final Instant NEXT_EVENING = Instant.parse("2026-11-27T20:00:00Z");
  static final CampaignId CAMPAIGN = new CampaignId("safer-evenings");
  static final CampaignId OTHER_CAMPAIGN = new CampaignId("christmas");
  static final BluetoothAddress PHONE = BluetoothAddress.parse("00:1B:DC:00:00:01");
  static final BluetoothAddress OTHER_PHONE = BluetoothAddress.parse("00:1B:DC:00:00:02");

  final Path folder;
  final NodeId node;
  final Set<BluetoothAddress> testPhones = new HashSet<>();
  NodeStore store;
  SiteKeys keys;
  DeliveryLog deliveries;
  ContactBook book;
  ContactRules rules = ContactRules.DEFAULT;
  boolean training;
  List<NodeId> siteNodes;
  Instant campaignEnds = EVENING.plusSeconds(60L * 86_400);
  private final List<OutcomeCount> counted = new ArrayList<>();

  Site(Path folder, String node) {
    this.folder = folder;
    this.node = new NodeId(node);
    this.siteNodes = List.of(this.node);
  }

  Site open() {
    writeSeed(folder.resolve("seed.json"), "square", (byte) 1, (byte) 2);
    return reopen();
  }

  /** As a restart. */
  Site reopen() {
    if (store != null) {
      store.close();
    }
    store = new NodeStore(folder.resolve("node.db"));
    store.open();
    keys = new SiteKeys(store, new SiteId("square"), LONDON);
    keys.load(folder.resolve("seed.json"));
    deliveries = new DeliveryLog(store);
    book = new ContactBook(store, keys, deliveries, node, testPhones);
    return this;
  }

  Site apply(Instant now) {
    book.keepHouse(now);
    book.apply(
        new NodeSchedule(
            new SiteId("square"),
            node,
            1,
            EVENING,
            EVENING.plusSeconds(14L * 86_400),
            false,
            training,
            rules,
            siteNodes,
            List.of(
                new Campaign(CAMPAIGN, campaignEnds), new Campaign(OTHER_CAMPAIGN, campaignEnds)),
            List.of()),
        now);
    return this;
  }

  Decision decide(BluetoothAddress phone, ScheduledMessage message, Instant now) {
    return book.decide(phone, message, now);
  }

  /** Offers, and ends the offer so. */
  void offer(BluetoothAddress phone, ScheduledMessage message, Outcome outcome, Instant at) {
    book.end(book.begin(phone, message, at), OutcomeTable.of(outcome), at);
  }

  long counted(Outcome outcome) {
    counted.addAll(deliveries.takeUnreported(EVENING).outcomes());
    return counted.stream()
        .filter(count -> count.outcome() == outcome)
        .mapToLong(OutcomeCount::count)
        .sum();
  }

  List<OutcomeCount> allCounted() {
    counted.addAll(deliveries.takeUnreported(EVENING).outcomes());
    return counted;
  }

  long rows(String table) {
    return store.inTransaction(sql -> sql.number("SELECT count(*) FROM " + table));
  }

  static ScheduledMessage message(String id) {
    return message(id, CAMPAIGN);
  }

  static ScheduledMessage message(String id, CampaignId campaign) {
    return new ScheduledMessage(
        new MessageId(id),
        campaign,
        Priority.NORMAL,
        new MessageObject(id + ".txt", "text/plain", id.getBytes(StandardCharsets.UTF_8)),
        List.of(Window.daily(LocalTime.of(19, 0), LocalTime.of(4, 0), LONDON)));
  }

  static void writeSeed(Path file, String site, byte nightKey, byte campaignSecret) {
    writeSeed(file, site, "2026-11-26", key(nightKey), key(campaignSecret));
  }

  static void writeSeed(Path file, String site, String night, byte[] nightKey, byte[] secret) {
    try {
      Files.writeString(
          file,
          "{\"site\":\"%s\",\"night\":\"%s\",\"nightKey\":\"%s\",\"campaignSecret\":\"%s\"}"
              .formatted(
                  site,
                  night.isEmpty() ? "" : LocalDate.parse(night),
                  Base64.getEncoder().encodeToString(nightKey),
                  Base64.getEncoder().encodeToString(secret)));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static byte[] key(byte fill) {
    byte[] key = new byte[32];
    Arrays.fill(key, fill);
    return key;
  }

  @Override
  public void close() {
    store.close();
  }
}
