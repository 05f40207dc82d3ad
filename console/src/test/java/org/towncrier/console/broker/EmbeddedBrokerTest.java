package org.towncrier.console.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.towncrier.console.broker.BrokerHouse.Raw;
import org.towncrier.console.store.StartRefusedException;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Topic;
import org.towncrier.protocol.mqtt.MqttLink;
import org.towncrier.protocol.mqtt.MqttSettings;

/** Starting, refusing to start, starting again. */
class EmbeddedBrokerTest {
  private static final String OWN = "towncrier/v1/square/centre/";
  @TempDir Path data;
  private BrokerHouse house;

  @BeforeEach
  void open() throws Exception {
    house = new BrokerHouse(data);
  }

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void a_retained_schedule_is_there_after_a_restart() throws Exception {
    house.console().publish(OWN + "schedule", "old", true);
    house.console().publish(OWN + "schedule", "new", true);

    house.restart();

    Raw node = house.centre();
    node.subscribe(OWN + "schedule");
    assertThat(node.next()).isEqualTo(OWN + "schedule new");
    house.console().publish(OWN + "schedule", "newer", true);
    assertThat(node.next()).isEqualTo(OWN + "schedule newer");
  }

  @Test
  void a_schedule_taken_back_stays_so_after_a_restart() throws Exception {
    house.console().publish(OWN + "schedule", "old", true);
    house.console().publish(OWN + "schedule", "", true);

    house.restart();

    Raw node = house.centre();
    node.subscribe(OWN + "schedule");
    house.console().publish(OWN + "schedule", "marker", false);
    assertThat(node.next()).isEqualTo(OWN + "schedule marker");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mqtt://0.0.0.0:0",
        "mqtt://192.0.2.1:1883",
        "mqtt://example.org:1883",
        "mqtt://[::]:0"
      })
  void without_tls_it_listens_to_this_machine_alone(String bind) throws Exception {
    EmbeddedBroker broker = house.broker(bind);

    StartRefusedException refused =
        catchThrowableOfType(StartRefusedException.class, broker::start);

    assertThat(refused.reason()).contains("without TLS");
    assertThat(refused.action()).contains("towncrier.broker.bind");
    assertThat(broker.isRunning()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1883", "127.0.0.1:1883", "http://127.0.0.1:1883", "mqtt://", "a b"})
  void an_address_that_is_none_is_refused_with_the_settings_name(String bind) throws Exception {
    EmbeddedBroker broker = house.broker(bind);

    assertThatThrownBy(broker::start)
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("towncrier.broker.bind");
  }

  @Test
  void a_port_in_use_is_refused_with_the_settings_name() throws Exception {
    house.broker.stop();
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      EmbeddedBroker broker = house.broker("mqtt://127.0.0.1:" + other.getLocalPort());

      assertThatThrownBy(broker::start)
          .isInstanceOf(StartRefusedException.class)
          .hasMessageContaining(String.valueOf(other.getLocalPort()))
          .hasMessageContaining("towncrier.broker.bind");
      assertThat(broker.isRunning()).isFalse();
    }
  }

  @Test
  void a_folder_that_another_broker_uses_is_refused() throws Exception {
    EmbeddedBroker second = house.broker("mqtt://127.0.0.1:0");

    assertThatThrownBy(second::start)
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("towncrier.data");
    assertThat(house.centre().client.isConnected()).isTrue();
  }

  @Test
  void a_folder_that_is_none_is_refused() throws Exception {
    house.broker.stop();
    Path folder = data.resolve("broker");
    Files.move(folder, data.resolve("elsewhere"));
    Files.writeString(folder, "a file");

    assertThatThrownBy(house.broker("mqtt://127.0.0.1:0")::start)
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("towncrier.data");
  }

  @Test
  void tls_without_a_certificate_is_refused() throws Exception {
    assertThatThrownBy(house.broker("mqtts://127.0.0.1:0")::start)
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("towncrier.broker.certificate")
        .hasMessageContaining("towncrier.broker.private-key");
  }

  @Test
  void a_certificate_that_is_none_is_refused() throws Exception {
    house.broker.stop();
    Path garbage = Files.writeString(data.resolve("garbage.pem"), "nothing");

    assertThatThrownBy(house.broker("mqtts://127.0.0.1:0", garbage, garbage)::start)
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining(garbage.toString())
        .hasMessageContaining("towncrier.broker.certificate");
    assertThatThrownBy(house.broker("mqtts://127.0.0.1:0", data.resolve("missing"), garbage)::start)
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("towncrier.broker.certificate");
  }

  @Test
  void nodes_come_by_tls_and_the_console_by_its_own_door() throws Exception {
    house.broker.stop();
    Path certificate = data.resolve("cert.pem");
    Path key = data.resolve("key.pem");
    openssl(
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=localhost",
        "-addext",
        "subjectAltName=DNS:localhost,IP:127.0.0.1",
        "-days",
        "2",
        "-keyout",
        key.toString(),
        "-out",
        certificate.toString());
    house.broker = house.broker("mqtts://127.0.0.1:0", certificate, key);
    house.broker.start();

    assertThat(house.broker.nodes().getScheme()).isEqualTo("mqtts");
    assertThat(house.broker.url().getHost()).isEqualTo("127.0.0.1");
    assertThat(data.resolve("broker").resolve("tls.p12")).doesNotExist();
    Raw console = house.console();
    console.subscribe("towncrier/v1/+/+/state");
    CompletableFuture<Void> up = new CompletableFuture<>();
    Topic state = new Topic(new SiteId("square"), new NodeId("centre"), Topic.Kind.STATE);
    try (MqttLink link =
        new MqttLink(
            new MqttSettings(
                URI.create(house.broker.nodes().toString()),
                BrokerHouse.CENTRE,
                BrokerHouse.CENTRE,
                "pw-centre",
                certificate),
            List.of(OWN + "schedule", OWN + "acks"),
            () -> null,
            new MqttLink.Listener() {
              @Override
              public void connected() {
                up.complete(null);
              }

              @Override
              public void disconnected(String why) {
                up.completeExceptionally(new IllegalStateException(why));
              }

              @Override
              public void message(String topicName, byte[] payload) {
                // Not of interest.
              }
            })) {
      link.start();
      up.get(BrokerHouse.SECONDS, TimeUnit.SECONDS);
      link.publish(state, "by tls".getBytes(), false).get(BrokerHouse.SECONDS, TimeUnit.SECONDS);
    }
    assertThat(console.next()).isEqualTo(state.name() + " by tls");
  }

  private static void openssl(String... arguments) throws Exception {
    Process process =
        new ProcessBuilder(Stream.concat(Stream.of("openssl"), Arrays.stream(arguments)).toList())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(said).isZero();
  }
}
