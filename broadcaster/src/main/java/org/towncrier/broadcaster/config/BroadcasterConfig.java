package org.towncrier.broadcaster.config;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.Set;
import org.towncrier.broadcaster.contact.OptOutWord;
import org.towncrier.broadcaster.round.RoundSettings;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Window;

/**
 * All the settings of one node.
 *
 * @param data the folder of its records
 * @param seed the file of the site's secrets, there until the first start only
 * @param zone where its local times are local
 * @param permittedHours outside which it offers nothing, whatever the console says
 * @param testPhones the only phones asked in training mode
 * @param contact how people say that they don't want to be asked
 */
public record BroadcasterConfig(
    SiteId site,
    NodeId node,
    Path data,
    Path seed,
    ZoneId zone,
    Window permittedHours,
    ConsoleSettings console,
    RadioSettings radio,
    ReportSettings reports,
    StateSettings state,
    Set<BluetoothAddress> testPhones,
    ContactSettings contact,
    ClockSettings clock) {

  public BroadcasterConfig {
    testPhones = Set.copyOf(testPhones);
  }

  /**
   * Reports to the console.
   *
   * @param every the longest wait between a count and its report
   * @param afterChange how long counts are gathered after the first of them
   */
  public record ReportSettings(Duration every, Duration afterChange) {
    /** At once, nearly: the page at the console shows what happens in the square. */
    public static final ReportSettings DEFAULT =
        new ReportSettings(Duration.ofSeconds(30), Duration.ofSeconds(1));
  }

  /**
   * What the node says of itself.
   *
   * @param every how often it says so when nothing changes
   */
  public record StateSettings(Duration every) {
    /** Once a minute. */
    public static final StateSettings DEFAULT = new StateSettings(Duration.ofSeconds(60));
  }

  /**
   * How people say that they don't want to be asked.
   *
   * @param optOutWord phones that are called so are left alone
   * @param heldDbm how strongly a phone is heard at least that is held next to the node
   */
  public record ContactSettings(OptOutWord optOutWord, int heldDbm) {}

  /** How the node knows the time. */
  public record ClockSettings(Trust trust) {
    /** When to believe the machine's clock. */
    public enum Trust {
      /** Once the machine says that it was set over the network since it started. */
      SYNCHRONISED,
      /** Unless it contradicts what the node knows. For demonstrations and tests. */
      SYSTEM
    }
  }

  /**
   * Reads a node's file.
   *
   * @throws ConfigException naming everything that is wrong with it
   */
  public static BroadcasterConfig load(Path file) throws ConfigException {
    return ConfigFile.load(file);
  }

  static BroadcasterConfig read(SettingsNode root, Path folder) {
    SiteId site =
        root.required(
            "site",
            "id",
            "the place it speaks in, as the console knows it",
            new SiteId("site"),
            SiteId::new);
    NodeId node =
        root.required(
            "node",
            "id",
            "this node within its site, as the console knows it",
            new NodeId("node"),
            NodeId::new);
    Path data =
        root.optional(
            "data",
            "folder",
            "`<node>.data` beside this file",
            "Where its records are kept. Only one process can use it at a time.",
            folder.resolve(node + ".data"),
            folder::resolve);
    Path seed =
        root.optional(
            "seed",
            "file",
            "`<node>.seed.json` beside this file",
            "The site's secrets, as `add-node` wrote them. Read into the records at the first start,"
                + " then deleted.",
            folder.resolve(node + ".seed.json"),
            folder::resolve);
    ZoneId zone =
        root.optional(
            "zone",
            "time zone",
            "Europe/London",
            "Where its local times are local.",
            ZoneId.of("Europe/London"),
            BroadcasterConfig::zone);
    Window hours = root.section("permittedHours", section -> permittedHours(section, zone));
    ConsoleSettings console =
        root.section("console", section -> ConsoleSettings.read(section, folder));
    RadioSettings radio = root.section("radio", section -> RadioSettings.read(section, site));
    ReportSettings reports = root.section("reports", BroadcasterConfig::reports);
    StateSettings state =
        root.section(
            "state",
            section ->
                new StateSettings(
                    section.seconds(
                        "everySeconds",
                        "60",
                        "1",
                        "3600",
                        "How often it tells the console how it is when nothing changes.")));
    Set<BluetoothAddress> testPhones =
        new LinkedHashSet<>(
            root.texts(
                "testPhones",
                "list of addresses",
                false,
                "The team's own phones: the only ones asked in training mode.",
                BluetoothAddress::parse));
    ContactSettings contact = root.section("contact", BroadcasterConfig::contact);
    ClockSettings clock =
        root.section(
            "clock",
            section ->
                new ClockSettings(
                    section.choice(
                        "trust",
                        ClockSettings.Trust.SYNCHRONISED,
                        "`synchronised`: silent until the machine's clock was set over the network"
                            + " since it started. `system`: the clock is believed as it is, for"
                            + " demonstrations and tests.")));
    root.refuseUnknownKeys();
    return new BroadcasterConfig(
        site,
        node,
        data,
        seed,
        zone,
        hours,
        console,
        radio,
        reports,
        state,
        testPhones,
        contact,
        clock);
  }

  private static ContactSettings contact(SettingsNode section) {
    OptOutWord word =
        section.optional(
            "optOutWord",
            "word",
            "nocrier",
            "A phone with this word in its name is never asked; case, spaces and signs don't matter."
                + " Four letters or digits at least. Signs in the street should say it.",
            OptOutWord.DEFAULT,
            OptOutWord::new);
    int heldDbm =
        section.integer(
            "heldDbm",
            RoundSettings.HELD_DBM,
            -80,
            -20,
            "How strongly (dBm) a phone is heard at least that somebody holds next to the node to"
                + " be left alone. Try it with a phone of the team when the node hangs.");
    return new ContactSettings(word, heldDbm);
  }

  private static ReportSettings reports(SettingsNode section) {
    Duration every =
        section.seconds(
            "everySeconds",
            "30",
            "1",
            "3600",
            "The longest wait before what was counted goes to the console.");
    Duration afterChange =
        section.seconds(
            "afterChangeSeconds",
            "1",
            "0.1",
            "3600",
            "After an offer has ended, how long others are waited for before the report goes.");
    return new ReportSettings(every, afterChange);
  }

  private static Window permittedHours(SettingsNode section, ZoneId zone) {
    LocalTime start =
        section.optional(
            "start",
            "local time",
            "19:00",
            "No phone is asked before it, whatever the console says.",
            LocalTime.of(19, 0),
            BroadcasterConfig::time);
    LocalTime end =
        section.optional(
            "end",
            "local time",
            "04:00",
            "No phone is asked from then on. Before `start` it is on the next day; the same as"
                + " `start` means all day.",
            LocalTime.of(4, 0),
            BroadcasterConfig::time);
    return Window.daily(start, end, zone);
  }

  private static LocalTime time(String text) {
    try {
      return LocalTime.parse(text);
    } catch (DateTimeException wrong) {
      throw new IllegalArgumentException(
          "needs a time of day such as \"19:00\", not \"%s\"".formatted(text), wrong);
    }
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException wrong) {
      throw new IllegalArgumentException(
          "needs a time zone such as Europe/London, not \"%s\"".formatted(text), wrong);
    }
  }
}
