package org.towncrier.console.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.towncrier.console.broker.BrokerHouse.Raw;
import org.towncrier.protocol.Limits;

/** Who may say and hear what, against clients that do what they like. */
class TopicRulesTest {
  private static final String OWN = "towncrier/v1/square/centre/";
  private static final String CONTACTS = "towncrier/v1/square/contacts";
  @TempDir static Path data;
  private static BrokerHouse house;

  @BeforeAll
  static void open() throws Exception {
    house = new BrokerHouse(data);
  }

  @AfterEach
  void nobody_and_nothing_is_left() throws Exception {
    house.empty();
  }

  @AfterAll
  static void close() {
    house.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"state", "presence", "reports"})
  void a_node_speaks_for_itself_and_the_console_hears_it(String kind) throws Exception {
    Raw console = house.console();
    assertThat(console.subscribe("towncrier/v1/+/+/" + kind)).isEqualTo(1);

    house.centre().publish(OWN + kind, "hello", false);

    assertThat(console.next()).isEqualTo(OWN + kind + " hello");
  }

  @ParameterizedTest
  @ValueSource(strings = {"schedule", "acks", "commands"})
  void the_console_speaks_to_a_node(String kind) throws Exception {
    Raw node = house.centre();
    assertThat(node.subscribe(OWN + kind)).isEqualTo(1);

    house.console().publish(OWN + kind, "hello", kind.equals("schedule"));

    assertThat(node.next()).isEqualTo(OWN + kind + " hello");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "towncrier/v1/square/market/state",
        "towncrier/v1/square/market/reports",
        "towncrier/v1/square/market/schedule",
        "towncrier/v1/square/centre/schedule",
        "towncrier/v1/square/centre/acks",
        "towncrier/v1/square/centre/other",
        "towncrier/v1/square/centre/state/more",
        "towncrier/v1/square/centre/state::" + BrokerHouse.MARKET,
        "towncrier/v2/square/centre/state",
        "$sys.mqtt.retain.towncrier/v1/square/market/schedule",
        "$SYS/x",
        "activemq.management",
        "elsewhere"
      })
  void a_node_that_publishes_anywhere_else_is_thrown_out_and_unheard(String topic)
      throws Exception {
    Raw market = house.market();
    market.subscribe("towncrier/v1/square/market/schedule");
    Raw console = house.console();
    for (String kind : new String[] {"state", "presence", "reports"}) {
      console.subscribe("towncrier/v1/+/+/" + kind);
    }
    Raw node = house.centre();

    assertThatThrownBy(() -> node.publish(topic, "forged", true)).isInstanceOf(MqttException.class);
    assertThat(node.thrownOut()).isTrue();

    house.centre().publish(OWN + "state", "marker", false);
    house.console().publish("towncrier/v1/square/market/schedule", "marker", true);
    assertThat(market.next()).endsWith("schedule marker");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#",
        "+/+/+/+/+",
        "towncrier/#",
        "towncrier/v1/+/+/schedule",
        "towncrier/v1/square/+/schedule",
        "towncrier/v1/square/market/schedule",
        "towncrier/v1/square/market/acks",
        "towncrier/v1/square/market/state",
        "towncrier/v1/square/centre/#",
        "towncrier/v1/square/centre/+",
        "towncrier/v1/square/centre/state",
        "elsewhere"
      })
  void a_node_hears_its_own_schedule_and_acks_alone(String filter) throws Exception {
    Raw node = house.centre();

    assertThat(node.subscribe(filter)).isEqualTo(128);

    assertThat(node.subscribe(OWN + "schedule")).isEqualTo(1);
    house.console().publish("towncrier/v1/square/market/schedule", "secret", true);
    house.console().publish(OWN + "schedule", "marker", true);
    assertThat(node.next()).isEqualTo(OWN + "schedule marker");
    assertThat(node.heard).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$SYS/#",
        "$sys.mqtt.retain.towncrier/v1/square/market/schedule",
        "$share/" + BrokerHouse.MARKET + "/towncrier/v1/square/market/schedule",
        "towncrier/v1/square/market/schedule::" + BrokerHouse.MARKET
      })
  void a_node_that_names_the_brokers_queues_is_thrown_out_and_hurts_nobody(String filter)
      throws Exception {
    Raw market = house.market();
    market.subscribe("towncrier/v1/square/market/schedule");
    Raw node = house.centre();

    assertThatThrownBy(() -> node.subscribe(filter)).isInstanceOf(MqttException.class);
    assertThat(node.thrownOut()).isTrue();

    house.console().publish("towncrier/v1/square/market/schedule", "marker", false);
    assertThat(market.next()).endsWith("schedule marker");
  }

  @Test
  void the_nodes_of_a_site_speak_among_themselves() throws Exception {
    Raw centre = house.centre();
    Raw market = house.market();
    assertThat(centre.subscribe(CONTACTS)).isEqualTo(1);
    assertThat(market.subscribe(CONTACTS)).isEqualTo(1);

    market.publish(CONTACTS, "sealed", false);

    assertThat(centre.next()).isEqualTo(CONTACTS + " sealed");
    assertThat(market.next()).isEqualTo(CONTACTS + " sealed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        CONTACTS,
        "towncrier/v1/+/contacts",
        "towncrier/v1/#",
        "towncrier/v1/square/#",
        "towncrier/v1/square/+"
      })
  void nobody_else_hears_the_nodes_of_a_site(String filter) throws Exception {
    assertThat(house.console().subscribe(filter)).isEqualTo(128);
    assertThat(house.stranger().subscribe(filter)).isEqualTo(128);
    if (!filter.equals(CONTACTS)) {
      assertThat(house.centre().subscribe(filter)).isEqualTo(128);
    }
  }

  @Test
  void nobody_else_speaks_among_the_nodes_of_a_site() throws Exception {
    Raw market = house.market();
    market.subscribe(CONTACTS);
    for (Raw other : new Raw[] {house.console(), house.stranger()}) {
      assertThatThrownBy(() -> other.publish(CONTACTS, "forged", false))
          .isInstanceOf(MqttException.class);
    }
    house.centre().publish(CONTACTS, "marker", false);
    assertThat(market.next()).endsWith("contacts marker");
  }

  @Test
  void what_the_nodes_of_a_site_say_is_kept_for_nobody() throws Exception {
    Raw centre = house.centre();
    assertThatThrownBy(() -> centre.publish(CONTACTS, "kept", true))
        .isInstanceOf(MqttException.class);
    MqttConnectOptions options = BrokerHouse.options(BrokerHouse.CENTRE, "pw-centre");
    options.setWill(CONTACTS, "left behind".getBytes(), 1, false);
    assertThatThrownBy(() -> house.connect(BrokerHouse.CENTRE, options))
        .isInstanceOf(MqttException.class);
  }

  @Test
  void not_even_the_console_publishes_what_nodes_say() throws Exception {
    Raw console = house.console();

    assertThatThrownBy(() -> console.publish(OWN + "state", "x", false))
        .isInstanceOf(MqttException.class);
  }

  @Test
  void a_will_is_sent_when_a_node_vanishes() throws Exception {
    Raw console = house.console();
    console.subscribe("towncrier/v1/+/+/presence");
    MqttConnectOptions options = BrokerHouse.options(BrokerHouse.CENTRE, "pw-centre");
    options.setWill(OWN + "presence", "lost".getBytes(), 1, false);

    house.connect(BrokerHouse.CENTRE, options).vanish();

    assertThat(console.next()).isEqualTo(OWN + "presence lost");
  }

  @Test
  void a_will_on_anothers_topic_is_not_sent() throws Exception {
    Raw console = house.console();
    console.subscribe("towncrier/v1/+/+/presence");
    MqttConnectOptions options = BrokerHouse.options(BrokerHouse.CENTRE, "pw-centre");
    options.setWill("towncrier/v1/square/market/presence", "lost".getBytes(), 1, true);

    assertThatThrownBy(() -> house.connect(BrokerHouse.CENTRE, options))
        .isInstanceOf(MqttException.class);

    house.market().publish("towncrier/v1/square/market/presence", "online", false);
    assertThat(console.next()).endsWith("market/presence online");
  }

  @Test
  void a_schedule_too_large_for_the_protocol_is_refused_and_the_broker_goes_on() throws Exception {
    Raw console = house.console();
    String large = "x".repeat(Limits.PAYLOAD_BYTES + 1);

    assertThatThrownBy(() -> console.publish(OWN + "schedule", large, true))
        .isInstanceOf(MqttException.class);

    String largest = "x".repeat(Limits.PAYLOAD_BYTES);
    house.console().publish(OWN + "schedule", largest, true);
    Raw node = house.centre();
    node.subscribe(OWN + "schedule");
    assertThat(node.next()).hasSize(OWN.length() + "schedule ".length() + Limits.PAYLOAD_BYTES);
  }

  @Test
  void a_session_that_is_to_be_kept_is_refused() {
    MqttConnectOptions options = BrokerHouse.options(BrokerHouse.CENTRE, "pw-centre");
    options.setCleanSession(false);

    assertThatThrownBy(() -> house.connect(BrokerHouse.CENTRE, options))
        .isInstanceOf(MqttException.class);
  }

  @Test
  void a_packet_of_200_mb_is_not_even_read() throws Exception {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), house.broker.url().getPort())) {
      socket.setSoTimeout(BrokerHouse.SECONDS * 1000);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream connect = new DataOutputStream(bytes);
      connect.writeUTF("MQTT");
      // 3.1.1; username, password, clean session; keep alive.
      connect.write(new byte[] {4, (byte) 0xc2, 0, 60});
      connect.writeUTF(BrokerHouse.CENTRE);
      connect.writeUTF(BrokerHouse.CENTRE);
      connect.writeUTF("pw-centre");
      out.write(new byte[] {0x10, (byte) bytes.size()});
      bytes.writeTo(out);
      assertThat(socket.getInputStream().readNBytes(4)).containsExactly(0x20, 2, 0, 0);

      assertThat(hungUpOn(socket, out)).isTrue();
    }
  }

  /** Whether the broker hangs up on a packet that has only begun; it may do so in the middle. */
  private static boolean hungUpOn(Socket socket, DataOutputStream out) throws IOException {
    try {
      // PUBLISH at QoS 1, of so many bytes; it begins.
      out.write(new byte[] {0x32, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x64});
      out.writeUTF(OWN + "state");
      out.writeShort(1);
      out.write(new byte[100]);
      out.flush();
      return socket.getInputStream().read() == -1;
    } catch (SocketTimeoutException stillThere) {
      return false;
    } catch (SocketException hungUp) {
      return true;
    }
  }
}
