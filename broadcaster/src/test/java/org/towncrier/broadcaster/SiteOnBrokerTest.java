package org.towncrier.broadcaster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.broadcaster.config.BroadcasterConfig;
import org.towncrier.broadcaster.schedule.Schedules;
import org.towncrier.hardware.emulator.EmulatedAddress;
import org.towncrier.hardware.emulator.EmulatedAir;
import org.towncrier.hardware.emulator.EmulatedPhone;
import org.towncrier.hardware.emulator.PhoneBehaviour;
import org.towncrier.hardware.emulator.PhoneSettings;
import org.towncrier.protocol.ContactNote;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeSchedule;
import org.towncrier.protocol.SigningKey;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.SiteSeed;
import org.towncrier.protocol.SiteTopic;
import org.towncrier.protocol.Topic;
import org.towncrier.protocol.WireJson;
import org.towncrier.protocol.mqtt.Mosquitto;
import org.towncrier.protocol.mqtt.MqttLink;
import org.towncrier.protocol.mqtt.MqttSettings;

/**
 * Two whole nodes of a site on a real broker, held to the rules of {@code config/mosquitto.acl}.
 */
@Tag("mosquitto")
class SiteOnBrokerTest {
  private static final SiteId SITE = new SiteId("marlborough-square");
  private static final NodeId CLOCK = new NodeId("clock-tower");
  private static final NodeId MEMORIAL = new NodeId("memorial");
  private static final Map<NodeId, Integer> PLACES = Map.of(CLOCK, 11, MEMORIAL, 12);
  private static final int PHONES = 12;

  @TempDir Path folder;
  private final Random random = new Random(7);
  private final SigningKey key = SigningKey.generate();
  private final EmulatedAir air = new EmulatedAir(0, InstantSource.system());
  private final List<EmulatedPhone> phones = new ArrayList<>();
  private final List<Broadcaster> nodes = new ArrayList<>();
  private final List<byte[]> overheard = new CopyOnWriteArrayList<>();
  private final List<byte[]> leaked = new CopyOnWriteArrayList<>();
  private Mosquitto broker;
  private MqttLink console;

  @BeforeEach
  void start() throws Exception {
    air.start();
    broker =
        Mosquitto.withRules(
            folder,
            List.of("towncrier-console:c", SITE + "." + CLOCK + ":n", SITE + "." + MEMORIAL + ":n"),
            Files.readString(Path.of("../config/mosquitto.acl")));
    console = link("towncrier-console", "c", List.of("towncrier/v1/#"));
    console.start();
    await("the console is connected", console::connected);
  }

  @AfterEach
  void end() throws Exception {
    nodes.forEach(Broadcaster::close);
    console.close();
    broker.close();
    air.close();
  }

  @Test
  void phones_that_one_node_sees_and_the_other_owns_are_asked_once_each() throws Exception {
    appear();
    startNode(MEMORIAL);
    tell(MEMORIAL);
    await("its own share", () -> received() > 0);
    startNode(CLOCK);
    tell(CLOCK);
    await("all of them", () -> received() == PHONES);
    assertThat(phones).allSatisfy(phone -> assertThat(phone.receipts()).hasSize(1));
  }

  @Test
  void what_they_say_to_each_other_is_heard_by_them_alone_and_read_by_nobody_else()
      throws Exception {
    appear();
    // Takes the first node's place at the broker, as who has its password could.
    try (MqttLink ear = link(SITE + "." + CLOCK, "n", List.of(new SiteTopic(SITE).name()))) {
      ear.start();
      await("somebody listens", ear::connected);
      startNode(MEMORIAL);
      tell(MEMORIAL);
      await("a claim", () -> !overheard.isEmpty());
    }
    assertThat(leaked).as("what came to the console, which asked for everything").isEmpty();
    for (byte[] note : overheard) {
      assertThat(WireJson.read(note, ContactNote.class).from()).isEqualTo(MEMORIAL);
      assertThat(new String(note, UTF_8)).doesNotContain("claims", "share", "tonight");
    }
  }

  /** Of so many, some are the one's share and some the other's; all stand at the memorial. */
  private void appear() throws Exception {
    for (int i = 0; i < PHONES; i++) {
      EmulatedPhone phone =
          air.phone(
              PhoneSettings.android(
                  EmulatedAddress.random(PLACES.get(MEMORIAL), random),
                  new PhoneBehaviour.Accepts(Duration.ofMillis(50))));
      phone.appear();
      phones.add(phone);
    }
  }

  private void tell(NodeId node) {
    NodeSchedule one = Schedules.always(SITE, node, 1, Instant.now());
    NodeSchedule both =
        new NodeSchedule(
            one.site(),
            one.node(),
            one.revision(),
            one.issuedAt(),
            one.validUntil(),
            false,
            false,
            one.contact(),
            List.of(CLOCK, MEMORIAL),
            one.campaigns(),
            one.messages());
    console
        .publish(
            new Topic(SITE, node, Topic.Kind.SCHEDULE),
            WireJson.write(key.seal(Topic.Kind.SCHEDULE, both)),
            true)
        .join();
  }

  private void startNode(NodeId node) throws Exception {
    byte[] secret = new byte[SiteSeed.KEY_BYTES];
    LocalDate night =
        LocalDate.ofInstant(Instant.now().minus(Duration.ofHours(12)), ZoneId.of("Europe/London"));
    Files.write(
        folder.resolve(node + ".seed.json"),
        WireJson.write(new SiteSeed(SITE, night, secret, secret)));
    Path file = folder.resolve(node + ".yaml");
    Files.writeString(
        file,
        """
        site: %s
        node: %s
        permittedHours: {start: "00:00", end: "00:00"}
        console: {url: "%s", username: "%s.%s", password: n, trustedKeys: [%s]}
        radio:
          stack: emulator
          emulatorPlace: %d
          adapters: [{name: hci0}]
          inquirySeconds: 0.5
          pauseSeconds: 0.2
        clock: {trust: system}
        """
            .formatted(
                SITE,
                node,
                broker.url(),
                SITE,
                node,
                key.trustedKey().encoded(),
                PLACES.get(node)));
    Broadcaster made = new Broadcaster(BroadcasterConfig.load(file));
    nodes.add(made);
    made.start();
  }

  private MqttLink link(String user, String password, List<String> filters) {
    URI url = broker.url();
    return new MqttLink(
        new MqttSettings(url, user, user, password, null),
        filters,
        () -> null,
        new MqttLink.Listener() {
          @Override
          public void connected() {}

          @Override
          public void disconnected(String why) {}

          @Override
          public void message(String topicName, byte[] payload) {
            if (topicName.endsWith("/contacts")) {
              (user.equals("towncrier-console") ? leaked : overheard).add(payload);
            }
          }
        });
  }

  private long received() {
    return phones.stream().mapToLong(phone -> phone.receipts().size()).sum();
  }

  private static void await(String what, BooleanSupplier condition) {
    Awaitility.await(what).atMost(Duration.ofSeconds(60)).until(condition::getAsBoolean);
  }
}
