package org.towncrier.broadcaster.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.broadcaster.loop.RealEventLoop;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.Presence;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Topic;
import org.towncrier.protocol.WireJson;
import org.towncrier.protocol.mqtt.Mosquitto;
import org.towncrier.protocol.mqtt.MqttLink;
import org.towncrier.protocol.mqtt.MqttSettings;

/** On a real broker. */
@Tag("mosquitto")
class MqttUplinkTest {
  private static final SiteId SITE = new SiteId("marlborough-square");
  private static final NodeId NODE = new NodeId("clock-tower");

  @TempDir Path folder;
  private final UUID boot = UUID.randomUUID();
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final List<String> atConsole = new CopyOnWriteArrayList<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final RealEventLoop loop =
      new RealEventLoop("node", InstantSource.system(), failures::add);
  private Mosquitto broker;
  private MqttLink console;
  private MqttUplink uplink;

  @BeforeEach
  void start() throws Exception {
    broker = Mosquitto.keeping(folder);
    console = link("console", Topic.Kind.PRESENCE, Topic.Kind.REPORTS);
    console.start();
    await(console::connected);
    uplink = new MqttUplink(settings("clock-tower"), SITE, NODE, boot, loop, new Recorder());
  }

  @AfterEach
  void end() throws Exception {
    uplink.close();
    console.close();
    loop.close();
    broker.close();
    assertThat(failures).isEmpty();
  }

  @Test
  void what_the_console_says_reaches_the_loop_by_its_kind() {
    connect();
    console.publish(topic(Topic.Kind.SCHEDULE), "s".getBytes(UTF_8), true).join();
    console.publish(topic(Topic.Kind.ACKS), "a".getBytes(UTF_8), false).join();
    console.publish(topic(Topic.Kind.COMMANDS), "c".getBytes(UTF_8), false).join();
    await(() -> events.containsAll(List.of("schedule s", "acks a", "commands c")));
  }

  @Test
  void what_the_nodes_of_a_site_say_to_each_other_reaches_all_of_them() {
    connect();
    uplink.contacts("n".getBytes(UTF_8));
    await(() -> events.contains("contacts n"));
  }

  @Test
  void a_schedule_published_while_it_was_away_is_there_with_the_connection() {
    console.publish(topic(Topic.Kind.SCHEDULE), "s".getBytes(UTF_8), true).join();
    connect();
    await(() -> events.contains("schedule s"));
  }

  @Test
  void it_says_hello_with_each_connection_and_goodbye_at_the_end() throws Exception {
    connect();
    await(() -> atConsole.contains("PRESENCE ONLINE"));
    broker.kill();
    await(() -> events.contains("disconnected"));
    assertThat(uplink.trouble()).isPresent();
    broker.restart();
    await(() -> events.stream().filter("connected"::equals).count() == 2);
    await(console::connected);
    uplink.close();
    await(() -> atConsole.contains("PRESENCE OFFLINE"));
  }

  @Test
  void a_node_that_is_lost_is_called_lost_by_the_broker() {
    connect();
    await(() -> atConsole.contains("PRESENCE ONLINE"));
    // Another of its name: the broker throws the first one out, which then comes back.
    try (MqttLink thief = link("clock-tower", Topic.Kind.STATE)) {
      thief.start();
      await(() -> atConsole.contains("PRESENCE LOST"));
    }
  }

  @Test
  void a_report_goes_up_and_without_a_broker_fails_at_once() throws Exception {
    assertThat(uplink.report(new byte[] {1})).isCompletedExceptionally();
    connect();
    uplink.report("{}".getBytes(UTF_8)).join();
    await(() -> atConsole.contains("REPORTS"));
  }

  private void connect() {
    uplink.start();
    await(() -> events.contains("connected"));
  }

  private MqttSettings settings(String clientId) {
    return new MqttSettings(broker.url(), clientId, null, null, null);
  }

  private MqttLink link(String clientId, Topic.Kind... kinds) {
    return new MqttLink(
        settings(clientId),
        Stream.of(kinds).map(kind -> topic(kind).name()).toList(),
        () -> null,
        new MqttLink.Listener() {
          @Override
          public void connected() {}

          @Override
          public void disconnected(String why) {}

          @Override
          public void message(String topicName, byte[] payload) {
            Topic.Kind kind = Topic.parse(topicName).orElseThrow().kind();
            try {
              atConsole.add(
                  kind == Topic.Kind.PRESENCE
                      ? "PRESENCE " + WireJson.read(payload, Presence.class).status()
                      : kind.toString());
            } catch (Exception e) {
              failures.add(e);
            }
          }
        });
  }

  private static Topic topic(Topic.Kind kind) {
    return new Topic(SITE, NODE, kind);
  }

  private static void await(BooleanSupplier condition) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(condition::getAsBoolean);
  }

  private final class Recorder implements MqttUplink.Receiver {
    @Override
    public void connected() {
      record("connected");
    }

    @Override
    public void disconnected() {
      record("disconnected");
    }

    @Override
    public void schedule(byte[] payload) {
      record("schedule " + new String(payload, UTF_8));
    }

    @Override
    public void acks(byte[] payload) {
      record("acks " + new String(payload, UTF_8));
    }

    @Override
    public void commands(byte[] payload) {
      record("commands " + new String(payload, UTF_8));
    }

    @Override
    public void contacts(byte[] payload) {
      record("contacts " + new String(payload, UTF_8));
    }

    private void record(String event) {
      assertThat(loop.inLoop()).isTrue();
      events.add(event);
    }
  }
}
