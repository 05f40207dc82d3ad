package org.towncrier.town.rig;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.rig.Air;
import org.towncrier.hardware.rig.Guest;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.MessageObject;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.ScheduledMessage;
import org.towncrier.protocol.SiteId;
import org.towncrier.town.nodes.StandInConsole;
import org.towncrier.town.privacy.AddressSearch;
import org.towncrier.town.process.Ports;
import org.towncrier.town.process.Program;

/**
 * One evening of one node: a signed schedule comes over MQTT, phones are found and asked, and the
 * counts go back. Then everything it and the machine under it wrote is searched for addresses.
 *
 * <p>It runs as root, so that it can start the service with the service's rights and read what only
 * root may. {@code bluetoothd} is ended first, as it is masked on a node (README of {@code
 * config/systemd}): it would keep a file for each phone that the kernel connects to.
 */
@Guest(controllers = 12, rights = Guest.Rights.ROOT, limit = 420)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NodeOnRig {
  private static final NodeId NODE = new NodeId("clock-tower");
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final byte[] OBJECT = "The last bus leaves at 23:10.".getBytes(UTF_8);

  private static final List<Phone> PHONES =
      List.of(
          new Phone("android:yes:1", Outcome.ACCEPTED),
          new Phone("android:yes:8", Outcome.ACCEPTED),
          new Phone("accept", Outcome.ACCEPTED),
          new Phone("slow:3", Outcome.ACCEPTED),
          new Phone("android:no:2", Outcome.DECLINED_OR_IGNORED),
          new Phone("android:silent:6", Outcome.DECLINED_OR_IGNORED),
          new Phone("reject", Outcome.DECLINED_OR_IGNORED),
          new Phone("stall:body", Outcome.UNANSWERED),
          new Phone("drop:body", Outcome.INTERRUPTED),
          new Phone("never", Outcome.UNRESOLVED),
          new Phone("no-opush", Outcome.UNSUPPORTED));

  private static final String SETTINGS =
      """
      radio:
        stack: bluez
        adapters: [{name: hci0}]
        inquirySeconds: 3
        pauseSeconds: 1
        offerDeadlineSeconds: 20
      permittedHours: {start: "00:00", end: "00:00"}
      reports: {everySeconds: 5, afterChangeSeconds: 0.5}
      state: {everySeconds: 5}
      clock: {trust: system}
      """;

  private static final Path UNIT =
      Path.of("..", "config", "systemd", "towncrier-broadcaster.service");

  /** CAP_NET_ADMIN is 12, CAP_NET_RAW 13. */
  private static final String THE_TWO = "0000000000003000";

  private static final Path FOLDER = Path.of("/tmp/rig/evening");
  private static final Path NODE_FOLDER = FOLDER.resolve("node");
  private static Air air;
  private static Program broker;
  private static StandInConsole console;
  private static Program node;

  @BeforeAll
  static void beginTheEvening() throws Exception {
    air = new Air();
    air.mask();
    Files.createDirectories(NODE_FOLDER);
    int port = Ports.free();
    broker = Program.mosquitto(port, Files.createDirectory(FOLDER.resolve("broker")));
    broker.start();
    await().atMost(PATIENCE).until(() -> Ports.isOpen(port));
    console = new StandInConsole(new SiteId("market-street"), "mqtt://127.0.0.1:" + port);
    Path config = console.addNodes(NODE_FOLDER, List.of(NODE)).get(0);
    Files.writeString(config, Files.readString(config) + SETTINGS);
    node = new NodeService(UNIT).program(config, NODE_FOLDER.resolve("log"));
    NodeService.give(NODE_FOLDER);
    console.publish(List.of(NODE), List.of(message()));
    console.start();
    for (int phone = 1; phone <= PHONES.size(); phone++) {
      air.set(phone, PHONES.get(phone - 1).policy());
    }
    node.start();
  }

  @AfterAll
  static void endTheEvening() throws Exception {
    node.close();
    console.close();
    broker.close();
    air.close();
  }

  @Test
  @Order(1)
  void counts_in_its_reports_are_what_the_phones_did() {
    Map<Outcome, Long> right =
        PHONES.stream()
            .collect(groupingBy(Phone::outcome, () -> new EnumMap<>(Outcome.class), counting()));
    try {
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(console.counts()).isEqualTo(right));
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(e.getMessage() + "\nThe node said:\n" + node.said(), e);
    }
  }

  @Test
  @Order(2)
  void phones_that_are_counted_as_accepting_have_the_object_byte_for_byte_and_nobody_else_has()
      throws Exception {
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(OBJECT));
    for (int phone = 1; phone <= PHONES.size(); phone++) {
      List<String> kept =
          Air.events(phone, "received").stream().map(event -> event.word("sha256")).toList();

      assertThat(kept)
          .as("what %s kept", PHONES.get(phone - 1))
          .isEqualTo(
              PHONES.get(phone - 1).outcome() == Outcome.ACCEPTED ? List.of(digest) : List.of());
    }
  }

  @Test
  @Order(3)
  void nobody_was_asked_twice() throws Exception {
    for (int phone = 1; phone <= PHONES.size(); phone++) {
      assertThat(Air.events(phone, "offered")).as("%s", PHONES.get(phone - 1)).hasSizeLessThan(2);
    }
  }

  @Test
  @Order(4)
  void it_ran_with_the_rights_and_limits_of_its_unit_file_and_no_more() throws Exception {
    Path process = Path.of("/proc", String.valueOf(node.pid()));
    List<String> status = Files.readAllLines(process.resolve("status"));

    assertThat(status).contains("CapEff:\t" + THE_TWO, "CapBnd:\t" + THE_TWO, "NoNewPrivs:\t1");
    assertThat(status).contains("Uid:\t65534\t65534\t65534\t65534");
    assertThat(Files.readAllLines(process.resolve("limits")))
        .anyMatch(limit -> limit.matches("Max core file size +0 +0 +bytes *"));
  }

  @Test
  @Order(5)
  void no_address_of_any_phone_is_in_its_files_in_bluez_or_in_the_kernels_log() throws Exception {
    AddressSearch search =
        new AddressSearch(IntStream.rangeClosed(1, PHONES.size()).mapToObj(Air::address).toList());
    // While it runs the write-ahead log is at its fullest; as it ends it writes more.
    List<String> found = new ArrayList<>(findings(search));
    node.close();
    found.addAll(findings(search));

    assertThat(found).isEmpty();
  }

  private static List<String> findings(AddressSearch search) throws Exception {
    List<Path> files = new ArrayList<>(filesBelow(FOLDER));
    assertThat(files.stream().map(file -> file.getFileName().toString()))
        .contains("node.db", "log");
    for (Path file : filesBelow(Path.of("/tmp"))) {
      if (!file.startsWith("/tmp/rig") && owner(file) == NodeService.NOBODY) {
        files.add(file);
      }
    }
    files.addAll(filesBelow(Path.of("/var/lib/bluetooth", colons(Air.address(0)))));
    files.add(kernelLog());
    List<String> found = new ArrayList<>();
    for (Path file : files) {
      search
          .findings(file.toString().getBytes(UTF_8))
          .forEach(f -> found.add("the name of a file: " + f));
      search.findings(Files.readAllBytes(file)).forEach(f -> found.add(file + ": " + f));
    }
    return found;
  }

  private static List<Path> filesBelow(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private static int owner(Path file) throws IOException {
    return (Integer) Files.getAttribute(file, "unix:uid");
  }

  private static String colons(BluetoothAddress address) {
    return address.hex().replaceAll("(..)(?=.)", "$1:");
  }

  private static Path kernelLog() throws Exception {
    Path file = Path.of("/tmp/kernel-log");
    Process dmesg = new ProcessBuilder("dmesg").redirectOutput(file.toFile()).start();
    assertThat(dmesg.waitFor()).isZero();
    assertThat(file).isNotEmptyFile();
    return file;
  }

  private static ScheduledMessage message() {
    return new ScheduledMessage(
        new MessageId("getting-home"),
        new CampaignId("safer-evenings"),
        ScheduledMessage.Priority.NORMAL,
        new MessageObject("Getting home.txt", "text/plain", OBJECT),
        List.of(StandInConsole.always()));
  }

  /** What a phone does (README of {@code hardware/rig}), and the one right outcome of it. */
  private record Phone(String policy, Outcome outcome) {}
}
