package org.towncrier.protocol.mqtt;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a link says of servers that are not what they should be, and that it comes back to them. */
class TroubleTest {
  private static Client.Habits impatient() {
    Client.Habits habits = new Client.Habits();
    habits.timing =
        new MqttSettings.Timing(
            Duration.ofMillis(150),
            Duration.ofSeconds(20),
            Client.LIMIT,
            Duration.ofMillis(5),
            Duration.ofMillis(20));
    return habits;
  }

  @ParameterizedTest
  @ValueSource(strings = {"mqtt", "mqtts"})
  void a_silent_server_is_left_and_tried_again(String scheme) throws Exception {
    try (FakeBroker silent = new FakeBroker();
        Client client = new Client(silent.url(scheme), impatient()).started()) {
      Client.await(() -> silent.visits.get() >= 4, () -> "visits: " + silent.visits);
      assertThat(client.trouble()).endsWith("did not answer within 150 ms");
      Client.await(() -> client.threads().size() <= 12, () -> "left: " + client.threads());
      client.close();
      Client.await(() -> client.threads().isEmpty(), () -> "left: " + client.threads());
    }
  }

  @Test
  void a_server_that_never_confirms_the_subscription_is_left() throws Exception {
    Client.Habits habits = impatient();
    habits.subscriptions = List.of("towncrier/v1/square/tower/schedule");
    try (FakeBroker forgetful = new FakeBroker(FakeBroker.CONNACK);
        Client client = new Client(forgetful.url("mqtt"), habits).started()) {
      Client.await(() -> forgetful.visits.get() >= 2, () -> "visits: " + forgetful.visits);
      assertThat(client.trouble()).endsWith("did not answer within 150 ms");
      assertThat(client.connections).hasValue(0);
    }
  }

  @Test
  void a_refused_subscription_is_trouble_and_named() throws Exception {
    Client.Habits habits = new Client.Habits();
    habits.account = new String[] {"square.tower", "secret"};
    habits.subscriptions = List.of("towncrier/v1/square/tower/schedule");
    try (FakeBroker strict = new FakeBroker(FakeBroker.CONNACK, FakeBroker.SUBACK_REFUSED);
        Client client = new Client(strict.url("mqtt"), habits).started()) {
      assertThat(client.trouble())
          .contains("refuses the subscription to towncrier/v1/square/tower/schedule")
          .contains("account square.tower");
      Client.await(() -> strict.visits.get() >= 2, () -> "visits: " + strict.visits);
      assertThat(client.connections).hasValue(0);
    }
  }

  @Test
  void a_server_that_speaks_something_else_is_left() throws Exception {
    byte[] http = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII);
    try (FakeBroker web = new FakeBroker(http);
        Client client = new Client(web.url("mqtt"), impatient()).started()) {
      Client.await(() -> web.visits.get() >= 2, () -> "visits: " + web.visits);
      assertThat(client.trouble()).contains("127.0.0.1");
    }
  }

  @Test
  void a_plain_server_is_not_taken_for_one_with_tls() throws Exception {
    try (FakeBroker plain = new FakeBroker("220 mail.example ready\r\n".getBytes(US_ASCII));
        Client client = new Client(plain.url("mqtts"), new Client.Habits()).started()) {
      assertThat(client.trouble()).contains("TLS");
    }
  }

  @Test
  void an_unknown_host_is_named() {
    try (Client client = Client.of(URI.create("mqtts://broker.invalid:8883"))) {
      assertThat(client.trouble()).isEqualTo("no host is known by the name broker.invalid");
    }
  }

  @Test
  void a_missing_ca_certificate_is_named_and_looked_for_again() throws Exception {
    Client.Habits habits = new Client.Habits();
    habits.ca = Path.of("no-such-file.pem");
    try (FakeBroker silent = new FakeBroker();
        Client client = new Client(silent.url("mqtts"), habits).started()) {
      assertThat(client.trouble()).contains("no-such-file.pem can't be read");
      Client.await(() -> client.tries.get() >= 2, () -> "tries: " + client.tries);
    }
  }

  @Test
  void a_server_that_closes_at_once_costs_no_threads() throws Exception {
    try (FakeBroker curt = FakeBroker.closingAtOnce();
        Client client = new Client(curt.url("mqtt"), new Client.Habits()).started()) {
      Client.await(() -> curt.visits.get() >= 30, () -> "visits: " + curt.visits);
      assertThat(client.trouble()).contains("127.0.0.1:");
      Client.await(() -> client.threads().size() <= 6, () -> "left: " + client.threads());
      client.close();
      Client.await(() -> client.threads().isEmpty(), () -> "left: " + client.threads());
    }
  }

  @Test
  void closing_does_not_wait_for_a_connection_that_is_being_tried() throws Exception {
    Client.Habits patient = new Client.Habits();
    try (FakeBroker silent = new FakeBroker()) {
      Client client = new Client(silent.url("mqtt"), patient).started();
      Client.await(() -> silent.visits.get() >= 1, () -> "visits: " + silent.visits);
      client.close();
      Client.await(() -> client.threads().isEmpty(), () -> "left: " + client.threads());
    }
  }
}
