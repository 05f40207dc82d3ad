package org.towncrier.protocol.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.protocol.Limits;
import org.towncrier.protocol.Topic;

/** The link on Mosquitto, which is killed, frozen and brought back. */
@Tag("mosquitto")
class MqttLinkTest {
  private static final String ALL = Topic.Kind.STATE.filter();

  @TempDir Path folder;
  private Mosquitto broker;

  @BeforeEach
  void startBroker() throws Exception {
    broker = Mosquitto.open(folder);
  }

  @AfterEach
  void stopBroker() throws Exception {
    broker.close();
  }

  @Test
  void what_one_says_the_other_hears() throws Exception {
    try (Client ear = Client.of(broker.url(), ALL).connected();
        Client mouth = Client.of(broker.url()).connected()) {
      mouth.says("hello");
      assertThat(ear.heard.poll(60, TimeUnit.SECONDS))
          .isEqualTo(new Client.Heard(Client.STATE.name(), "hello"));
      assertThat(mouth.link.trouble()).isEmpty();
    }
  }

  @Test
  void a_retained_message_comes_to_who_subscribes_later() throws Exception {
    try (Client mouth = Client.of(broker.url()).connected()) {
      mouth.link.publish(Client.STATE, "kept".getBytes(UTF_8), true).get(60, TimeUnit.SECONDS);
    }
    try (Client ear = Client.of(broker.url(), ALL)) {
      assertThat(ear.hears()).isEqualTo("kept");
    }
  }

  @Test
  void messages_stay_in_order_and_none_is_missing_beyond_what_may_be_in_flight() throws Exception {
    List<String> said =
        IntStream.range(0, Outgoing.IN_FLIGHT * 5).mapToObj(Integer::toString).toList();
    try (Client ear = Client.of(broker.url(), ALL).connected();
        Client mouth = Client.of(broker.url()).connected()) {
      CompletableFuture.allOf(said.stream().map(mouth::say).toArray(CompletableFuture[]::new))
          .get(60, TimeUnit.SECONDS);
      List<String> heard = new ArrayList<>();
      while (heard.size() < said.size()) {
        heard.add(ear.hears());
      }
      assertThat(heard).isEqualTo(said);
    }
  }

  @Test
  void a_broker_that_was_killed_is_found_again_on_its_port() throws Exception {
    try (Client client = Client.of(broker.url(), ALL).connected()) {
      for (int i = 1; i <= 3; i++) {
        broker.kill();
        assertThat(client.loses()).isNotBlank();
        Client.await(
            () -> client.link.trouble().orElse("").startsWith("nothing listens"),
            () -> "trouble: " + client.link.trouble());
        broker.restart();
        client.connected().says("again " + i);
        assertThat(client.hears()).isEqualTo("again " + i);
        assertThat(client.connections).hasValue(1 + i);
      }
    }
  }

  @Test
  void publications_without_an_answer_fail_when_the_broker_is_killed() throws Exception {
    try (Client client = Client.of(broker.url()).connected()) {
      broker.freeze();
      List<CompletableFuture<Void>> pending =
          IntStream.range(0, Outgoing.IN_FLIGHT * 3)
              .mapToObj(i -> client.say("lost " + i))
              .toList();
      broker.kill();
      for (CompletableFuture<Void> lost : pending) {
        assertThatThrownBy(() -> lost.get(60, TimeUnit.SECONDS))
            .hasCauseInstanceOf(IOException.class)
            .hasMessageContaining(Client.STATE.name() + " was not published");
      }
    }
  }

  @Test
  void a_broker_that_falls_silent_is_left_once_it_owes_an_answer() throws Exception {
    Client.Habits habits = new Client.Habits();
    habits.timing =
        new MqttSettings.Timing(
            Client.LIMIT,
            Duration.ofMinutes(10),
            Duration.ofMillis(200),
            Duration.ofMillis(5),
            Duration.ofMillis(50));
    try (Client client = new Client(broker.url(), habits).started().connected()) {
      broker.freeze();
      CompletableFuture<Void> unanswered = client.say("hello?");
      assertThat(client.loses()).contains("acknowledged nothing for 200 ms");
      assertThatThrownBy(() -> unanswered.get(60, TimeUnit.SECONDS))
          .hasMessageContaining("acknowledged nothing");
      broker.kill();
      broker.restart();
      client.connected().says("there you are");
    }
  }

  @Test
  void a_broker_that_falls_silent_is_left_by_its_missing_pings() throws Exception {
    Client.Habits habits = new Client.Habits();
    habits.timing =
        new MqttSettings.Timing(
            Client.LIMIT,
            Duration.ofSeconds(1),
            Client.LIMIT,
            Duration.ofMillis(5),
            Duration.ofMillis(50));
    try (Client client = new Client(broker.url(), habits).started().connected()) {
      broker.freeze();
      assertThat(client.loses()).isNotBlank();
    }
  }

  @Test
  void the_will_is_published_when_the_client_is_lost_and_not_when_it_says_goodbye()
      throws Exception {
    try (Client ear = Client.of(broker.url(), ALL).connected()) {
      Client polite = withWill("polite").connected();
      polite.close();
      // A second client of the same name takes the first one's place: for the broker it is lost.
      Client.Habits habits = new Client.Habits();
      habits.will = will("lost");
      try (Client lost = new Client(broker.url(), habits).started().connected();
          MqttLink thief =
              new MqttLink(
                  new MqttSettings(broker.url(), lost.id, null, null, null),
                  List.of(),
                  () -> null,
                  new Quiet())) {
        thief.start();
        assertThat(lost.loses()).isNotBlank();
        assertThat(ear.hears()).isEqualTo("lost");
      }
    }
  }

  @Test
  void a_listener_that_throws_keeps_its_connection_and_hears_on() throws Exception {
    Client.Habits habits = new Client.Habits();
    habits.subscriptions = List.of(ALL);
    habits.onEverything =
        () -> {
          throw new IllegalStateException("a mistake of the listener's");
        };
    try (Client clumsy = new Client(broker.url(), habits).started().connected()) {
      clumsy.says("one");
      clumsy.says("two");
      assertThat(List.of(clumsy.hears(), clumsy.hears())).containsExactly("one", "two");
      assertThat(clumsy.losses).isEmpty();
      assertThat(clumsy.connections).hasValue(1);
      broker.kill();
      assertThat(clumsy.loses()).isNotBlank();
      broker.restart();
      clumsy.connected();
    }
  }

  @Test
  void a_publication_without_a_connection_fails_at_once() throws Exception {
    broker.kill();
    try (Client client = Client.of(broker.url())) {
      assertThat(client.trouble()).startsWith("nothing listens at 127.0.0.1:");
      CompletableFuture<Void> said = client.say("hello?");
      assertThat(said).isCompletedExceptionally();
      assertThatThrownBy(said::join).hasMessageContaining("nothing listens");
    }
  }

  @Test
  void an_oversized_payload_is_refused_before_it_is_sent() throws Exception {
    try (Client client = Client.of(broker.url()).connected()) {
      CompletableFuture<Void> said =
          client.link.publish(Client.STATE, new byte[Limits.PAYLOAD_BYTES + 1], false);
      assertThat(said).isCompletedExceptionally();
      assertThatThrownBy(said::join)
          .hasCauseInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("over the limit of " + Limits.PAYLOAD_BYTES);
      client.says("and the connection stays");
    }
  }

  @Test
  void the_largest_payload_goes_through() throws Exception {
    try (Client ear = Client.of(broker.url(), ALL).connected()) {
      ear.link
          .publish(Client.STATE, new byte[Limits.PAYLOAD_BYTES], false)
          .get(60, TimeUnit.SECONDS);
      assertThat(ear.hears()).hasSize(Limits.PAYLOAD_BYTES);
    }
  }

  @Test
  void a_closed_link_leaves_no_thread_and_takes_nothing() throws Exception {
    Client client = Client.of(broker.url(), ALL).connected();
    client.says("hello");
    client.close();
    client.close();
    Client.await(() -> client.threads().isEmpty(), () -> "left: " + client.threads());
    assertThat(client.say("too late")).isCompletedExceptionally();
    assertThat(client.link.trouble()).hasValue("closed");
    assertThat(client.losses).isEmpty();
  }

  @Test
  void a_link_that_was_never_started_closes_without_a_trace() {
    Client client = new Client(broker.url(), new Client.Habits());
    assertThat(client.threads()).isEmpty();
    client.close();
    Client.await(() -> client.threads().isEmpty(), () -> "left: " + client.threads());
    client.started();
    assertThat(client.tries).hasValue(0);
  }

  @Test
  void a_frozen_broker_does_not_hold_up_the_closing() throws Exception {
    Client client = Client.of(broker.url()).connected();
    broker.freeze();
    CompletableFuture<Void> pending = client.say("hello?");
    client.close();
    assertThatThrownBy(() -> pending.get(60, TimeUnit.SECONDS)).hasMessageContaining("closed");
    Client.await(() -> client.threads().isEmpty(), () -> "left: " + client.threads());
  }

  @Test
  void threads_do_not_pile_up_while_there_is_no_broker() throws Exception {
    broker.kill();
    try (Client client = Client.of(broker.url())) {
      Client.await(() -> client.tries.get() >= 40, () -> "tries: " + client.tries);
      Client.await(() -> client.threads().size() <= 6, () -> "left: " + client.threads());
    }
  }

  @Test
  void a_wrong_password_is_named() throws Exception {
    try (Mosquitto guarded = Mosquitto.withAccount(folder, "node", "right");
        Client client = new Client(guarded.url(), account("node", "wrong")).started()) {
      assertThat(client.trouble())
          .matches("127\\.0\\.0\\.1:\\d+ refused the account node or its password")
          .doesNotContain("wrong");
    }
  }

  @Test
  void a_right_password_opens() throws Exception {
    try (Mosquitto guarded = Mosquitto.withAccount(folder, "node", "right");
        Client client = new Client(guarded.url(), account("node", "right")).started()) {
      client.connected().says("hello");
    }
  }

  @Test
  void a_broker_that_wants_an_account_says_so() throws Exception {
    try (Mosquitto guarded = Mosquitto.withAccount(folder, "node", "right");
        Client client = Client.of(guarded.url())) {
      assertThat(client.trouble()).endsWith("wants a username and password");
    }
  }

  private Client withWill(String text) {
    Client.Habits habits = new Client.Habits();
    habits.will = will(text);
    return new Client(broker.url(), habits).started();
  }

  private static MqttLink.Will will(String text) {
    return new MqttLink.Will(Client.STATE, text.getBytes(UTF_8), false);
  }

  private static Client.Habits account(String username, String password) {
    Client.Habits habits = new Client.Habits();
    habits.account = new String[] {username, password};
    return habits;
  }

  private static final class Quiet implements MqttLink.Listener {
    @Override
    public void connected() {}

    @Override
    public void disconnected(String why) {}

    @Override
    public void message(String topicName, byte[] payload) {}
  }
}
