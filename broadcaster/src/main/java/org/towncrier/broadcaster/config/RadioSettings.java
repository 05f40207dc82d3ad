package org.towncrier.broadcaster.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.RadioName;
import org.towncrier.protocol.SiteId;

/**
 * The node's radio and how it is used.
 *
 * @param name what phones show as the sender
 * @param emulatorPort where the emulated street listens; 0 for one in this process
 * @param emulatorPlace which place of the emulated town this node stands in: it meets only the
 *     phones that stand there
 * @param inquiry the length of one look for phones
 * @param pause between two looks of an adapter
 * @param offerDeadline for one offer, all of it
 * @param phonesOnly whether only devices that call themselves phones are asked
 */
public record RadioSettings(
    Stack stack,
    RadioName name,
    int emulatorPort,
    int emulatorPlace,
    List<Adapter> adapters,
    Duration inquiry,
    Duration pause,
    Duration offerDeadline,
    boolean phonesOnly) {

  public RadioSettings {
    adapters = List.copyOf(adapters);
  }

  /** What stands behind the radio. */
  public enum Stack {
    /** BlueCove's emulator: phones that are programs. */
    EMULATOR,
    /** This machine's Bluetooth adapters. */
    BLUEZ,
    /**
     * The same through BlueCove's own native module, for comparing. It is GPL, so it is not
     * shipped: whoever chooses it puts it on the class path.
     */
    BLUECOVE_GPL;

    /** Whether there is a real adapter behind it. */
    public boolean real() {
      return this != EMULATOR;
    }
  }

  /**
   * One adapter.
   *
   * @param address the adapter's own; null to find it by name
   */
  public record Adapter(AdapterId name, @Nullable BluetoothAddress address) {}

  static RadioSettings read(SettingsNode section, SiteId site) {
    Stack stack =
        section.choice(
            "stack",
            Stack.BLUEZ,
            "`bluez`: this machine's Bluetooth adapters. `emulator`: phones that are programs, for"
                + " demonstrations and tests. `bluecove-gpl`: this machine's adapters through"
                + " BlueCove's own native module, which you have to put on the class path; not for"
                + " a Raspberry Pi.");
    RadioName name =
        section.optional(
            "name",
            "1 to 248 bytes",
            "the site's id in words, such as Marlborough Square",
            "Who is asking: what a phone shows its owner as the sender, such as \"Safer"
                + " Coalville\".",
            named(site),
            RadioName::new);
    int port =
        section.integer(
            "emulatorPort",
            0,
            0,
            65535,
            "Port of the emulated street on this machine; 0 for a street in this process.");
    int place =
        section.integer(
            "emulatorPlace",
            1,
            0,
            255,
            "Which place of the emulated town it stands in; it meets only the phones there.");
    List<Adapter> adapters =
        section.requiredSections(
            "adapters", "the adapters to use, such as one named hci0", RadioSettings::readAdapter);
    Duration inquiry =
        section.seconds(
            "inquirySeconds",
            "5.12",
            "0.1",
            "61.44",
            "Length of one look for phones. 99% of them answer within 5.12 s.");
    Duration pause =
        section.seconds("pauseSeconds", "5", "0", "3600", "Rest between two looks of an adapter.");
    Duration deadline =
        section.seconds(
            "offerDeadlineSeconds",
            "60",
            "1",
            "600",
            "When an offer is given up. Android gives its owner 50 s to answer.");
    boolean phonesOnly =
        section.flag(
            "phonesOnly", true, "Whether only devices that call themselves phones are asked.");
    if (adapters.stream().map(Adapter::name).distinct().count() != adapters.size()) {
      section.problem("adapters", "holds one name twice");
    }
    return new RadioSettings(
        stack, name, port, place, adapters, inquiry, pause, deadline, phonesOnly);
  }

  /** The words of an id, each with a capital. */
  static RadioName named(SiteId site) {
    return new RadioName(
        Arrays.stream(site.value().split("-"))
            .filter(word -> !word.isEmpty())
            .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
            .collect(Collectors.collectingAndThen(Collectors.joining(" "), RadioSettings::orSo)));
  }

  /** An id may be of dashes alone. */
  private static String orSo(String words) {
    return words.isEmpty() ? "Towncrier" : words;
  }

  private static Adapter readAdapter(SettingsNode section) {
    AdapterId name =
        section.required(
            "name",
            "name",
            "The adapter's name in logs and reports, such as hci0.",
            new AdapterId("hci0"),
            AdapterId::new);
    @Nullable BluetoothAddress address =
        section.optional(
            "address",
            "address",
            "found by name",
            "The adapter's own address, such as \"00:1B:DC:00:00:01\". On the emulator one is made up"
                + " when it is left out.",
            BluetoothAddress::parse);
    return new Adapter(name, address);
  }
}
