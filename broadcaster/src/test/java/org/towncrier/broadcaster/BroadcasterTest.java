package org.towncrier.broadcaster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.broadcaster.config.BroadcasterConfig;
import org.towncrier.broadcaster.schedule.Schedules;
import org.towncrier.broadcaster.store.StoreException;
import org.towncrier.hardware.emulator.EmulatedAddress;
import org.towncrier.hardware.emulator.EmulatedAir;
import org.towncrier.hardware.emulator.EmulatedPhone;
import org.towncrier.hardware.emulator.PhoneBehaviour;
import org.towncrier.hardware.emulator.PhoneSettings;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeSchedule;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.Presence;
import org.towncrier.protocol.SigningKey;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Topic;
import org.towncrier.protocol.WireJson;
import org.towncrier.protocol.mqtt.Mosquitto;

/** A whole node: its program's parts, a real broker, real OBEX on the emulator. */
@Tag("mosquitto")
class BroadcasterTest {
  private static final SiteId SITE = new SiteId("marlborough-square");
  private static final NodeId NODE = new NodeId("clock-tower");
  private static final int PLACE = 7;

  @TempDir Path folder;
  private final Random random = new Random(42);
  private final InstantSource clock = InstantSource.system();
  private final EmulatedAir air = new EmulatedAir(0, clock);
  private final List<EmulatedPhone> phones = new ArrayList<>();
  private Mosquitto broker;
  private ConsoleStandIn console;
  private Broadcaster node;

  @BeforeEach
  void start() throws Exception {
    air.start();
    broker = Mosquitto.keeping(folder);
    console = new ConsoleStandIn(broker.url(), SITE, NODE);
    console.start();
    await("the console is connected", console::isConnected);
    writeFiles();
  }

  @AfterEach
  void end() throws Exception {
    if (node != null) {
      node.close();
    }
    console.close();
    broker.close();
    air.close();
  }

  @Test
  void a_scheduled_message_reaches_the_phones_and_the_counts_come_back() throws Exception {
    appear(3);
    console.publish(schedule(1));
    startNode();
    await("three counts at the console", () -> console.accepted() == 3);
    assertThat(received()).isEqualTo(3);
    NodeState state = last();
    assertThat(state.revision()).isEqualTo(1);
    assertThat(state.silentBecause()).isNull();
    assertThat(state.clock().trusted()).isTrue();
    assertThat(state.adapters()).singleElement().extracting("health").hasToString("UP");
    assertThat(state.disk().writable()).isTrue();
  }

  @Test
  void it_says_that_it_is_there_and_that_it_goes() throws Exception {
    startNode();
    await("ONLINE", () -> presence(Presence.Status.ONLINE));
    assertThat(console.presences().get(0).boot()).isEqualTo(node.boot());
    node.close();
    await("OFFLINE", () -> presence(Presence.Status.OFFLINE));
    assertThat(presence(Presence.Status.LOST)).isFalse();
  }

  @Test
  void a_node_without_a_schedule_is_silent_and_says_why() throws Exception {
    startNode();
    await("a state", () -> !console.states().isEmpty());
    assertThat(last().revision()).isZero();
    assertThat(last().silentBecause()).contains("no schedule");
  }

  @Test
  void a_node_restarted_without_a_network_goes_on_with_the_schedule_it_has() throws Exception {
    console.publish(schedule(1));
    startNode();
    await("revision 1", () -> console.revision() == 1);
    node.close();
    broker.kill();
    startNode();
    appear(2);
    await("two phones have it", () -> received() == 2);
    broker.restart();
    await("the counts come back with the broker", () -> console.accepted() == 2);
  }

  @Test
  void a_schedule_changed_while_the_node_was_away_is_applied_when_it_is_back() throws Exception {
    console.publish(schedule(1));
    startNode();
    await("revision 1", () -> console.revision() == 1);
    node.close();
    console.publish(schedule(2));
    startNode();
    await("revision 2", () -> console.revision() == 2);
  }

  @Test
  void a_schedule_it_refuses_is_named_in_its_state_and_the_last_good_one_stays() throws Exception {
    console.publish(schedule(1));
    startNode();
    await("revision 1", () -> console.revision() == 1);
    console.publish(
        Topic.Kind.SCHEDULE,
        WireJson.write(SigningKey.generate().seal(Topic.Kind.SCHEDULE, schedule(2))),
        true);
    await("the refusal", () -> last().refused() != null);
    assertThat(last().refused().revision()).isEqualTo(2);
    assertThat(last().refused().reason()).contains("key that this node does not trust");
    assertThat(last().revision()).isEqualTo(1);
  }

  @Test
  void counts_survive_a_broker_that_is_killed_and_a_console_that_does_not_answer()
      throws Exception {
    console.confirming(false);
    console.publish(schedule(1));
    startNode();
    await("revision 1", () -> console.revision() == 1);
    appear(2);
    await("two phones have it", () -> received() == 2);
    broker.kill();
    appear(2);
    await("four phones have it", () -> received() == 4);
    broker.restart();
    await("all counts are there", () -> console.accepted() == 4);
    console.confirming(true);
    await("and confirmed", () -> last().unacknowledgedReports() == 0);
    assertThat(console.accepted()).isEqualTo(4);
  }

  @Test
  void a_node_that_ends_before_reporting_reports_under_its_next_boot() throws Exception {
    console.publish(schedule(1));
    startNode();
    await("revision 1", () -> console.revision() == 1);
    broker.kill();
    appear(2);
    await("two phones have it", () -> received() == 2);
    node.close();
    startNode();
    broker.restart();
    // The end may have come between a phone's receipt and its answer.
    await("both counts arrive", () -> console.accepted() + console.count(Outcome.UNRESOLVED) == 2);
  }

  @Test
  void two_programs_cannot_use_one_data_folder() throws Exception {
    startNode();
    try (Broadcaster second = new Broadcaster(config())) {
      assertThatThrownBy(second::start)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("Another broadcaster is using");
    }
  }

  @Test
  void the_site_seed_is_read_once_and_deleted() throws Exception {
    assertThat(config().seed()).exists();
    startNode();
    assertThat(config().seed()).doesNotExist();
  }

  @Test
  void no_address_of_a_phone_lies_in_the_data_folder_afterwards() throws Exception {
    appear(3);
    console.publish(schedule(1));
    startNode();
    await("three counts", () -> console.accepted() == 3);
    node.close();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        for (EmulatedPhone phone : phones) {
          assertThat(content.toUpperCase(Locale.ROOT))
              .as(file.toString())
              .doesNotContain(phone.address().hex());
        }
      }
    }
  }

  @Test
  void a_check_finds_everything_in_order() throws Exception {
    appear(2);
    console.publish(schedule(1));
    Checked checked = check();
    assertThat(checked.said())
        .contains("to be read at the first start", "connected; a schedule is waiting")
        .contains("2 devices answered")
        .contains("2 are phones, 2 of them say that they take objects")
        .endsWith("Nothing would keep this node silent.\n");
    assertThat(checked.status()).isZero();
    assertThat(config().seed()).as("a check changes nothing").exists();
    phones.forEach(phone -> assertThat(checked.said()).doesNotContain(phone.address().hex()));
  }

  @Test
  void a_check_says_what_would_keep_the_node_silent() throws Exception {
    broker.kill();
    Files.delete(config().seed());
    Files.writeString(folder.resolve("clock-tower.data"), "a file where a folder should be");
    Checked checked = check();
    assertThat(checked.status()).isEqualTo(1);
    assertThat(checked.said())
        .containsPattern("PROBLEM +site seed .*add-node marlborough-square clock-tower")
        .containsPattern("PROBLEM +records .*cannot be made")
        .containsPattern("PROBLEM +broker .*without it the node has no schedule")
        .endsWith("Something above would keep this node silent.\n");
  }

  @Test
  void a_check_of_a_node_that_has_run_knows_its_schedule() throws Exception {
    console.publish(schedule(1));
    startNode();
    await("revision 1", () -> console.revision() == 1);
    node.close();
    broker.kill();
    Checked checked = check();
    assertThat(checked.said())
        .contains("revision 1 with 1 messages")
        .containsPattern("note +broker .*goes on with the schedule it has");
    assertThat(checked.status()).isZero();
  }

  @Test
  void a_check_leaves_a_node_that_is_at_work_alone() throws Exception {
    console.publish(schedule(1));
    startNode();
    await("revision 1", () -> console.revision() == 1);
    Checked checked = check();
    assertThat(checked.status()).isEqualTo(1);
    assertThat(checked.said()).containsPattern("PROBLEM +records +Another broadcaster is using");
    assertThat(presence(Presence.Status.LOST)).isFalse();
  }

  private record Checked(int status, String said) {}

  private Checked check() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, UTF_8);
    int status =
        BroadcasterMain.run(
            List.of("--config", folder.resolve("node.yaml").toString(), "--check"), print, print);
    return new Checked(status, out.toString(UTF_8));
  }

  private void startNode() throws Exception {
    node = new Broadcaster(config());
    node.start();
  }

  private BroadcasterConfig config() throws Exception {
    return BroadcasterConfig.load(folder.resolve("node.yaml"));
  }

  private void appear(int howMany) throws Exception {
    for (int i = 0; i < howMany; i++) {
      EmulatedPhone phone =
          air.phone(
              PhoneSettings.android(
                  EmulatedAddress.random(PLACE, random),
                  new PhoneBehaviour.Accepts(Duration.ofMillis(50))));
      phone.appear();
      phones.add(phone);
    }
  }

  private long received() {
    return phones.stream().mapToLong(phone -> phone.receipts().size()).sum();
  }

  private boolean presence(Presence.Status status) {
    return console.presences().stream().anyMatch(presence -> presence.status() == status);
  }

  private NodeState last() {
    List<NodeState> states = console.states();
    return states.get(states.size() - 1);
  }

  private NodeSchedule schedule(long revision) {
    return Schedules.always(SITE, NODE, revision, clock.instant());
  }

  private static void await(String what, BooleanSupplier condition) {
    Awaitility.await(what).atMost(Duration.ofSeconds(60)).until(condition::getAsBoolean);
  }

  private void writeFiles() throws Exception {
    Instant now = clock.instant();
    Files.writeString(
        folder.resolve("node.yaml"),
        """
        site: %s
        node: %s
        permittedHours: {start: "00:00", end: "00:00"}
        console: {url: "%s", trustedKeys: [%s]}
        radio:
          stack: emulator
          emulatorPlace: %d
          adapters: [{name: hci0}]
          inquirySeconds: 0.5
          pauseSeconds: 0.2
        reports: {everySeconds: 1, afterChangeSeconds: 0.2}
        state: {everySeconds: 1}
        clock: {trust: system}
        """
            .formatted(SITE, NODE, broker.url(), console.key().trustedKey().encoded(), PLACE));
    byte[] key = new byte[32];
    random.nextBytes(key);
    String encoded = Base64.getEncoder().encodeToString(key);
    Files.writeString(
        folder.resolve("clock-tower.seed.json"),
        """
        {"site":"%s","night":"%s","nightKey":"%s","campaignSecret":"%s"}
        """
            .formatted(
                SITE,
                LocalDate.ofInstant(now.minus(Duration.ofHours(12)), ZoneId.of("Europe/London")),
                encoded,
                encoded));
  }
}
