package org.towncrier.protocol.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MqttSettingsTest {
  private static MqttSettings to(String url) {
    return new MqttSettings(URI.create(url), "client", null, null, null);
  }

  @ParameterizedTest
  @CsvSource({
    "mqtt://localhost, false, localhost:1883",
    "mqtt://127.0.0.1:2000, false, 127.0.0.1:2000",
    "tcp://127.8.9.1:2000/, false, 127.8.9.1:2000",
    "mqtt://[::1]:1883, false, [::1]:1883",
    "mqtts://broker.example, true, broker.example:8883",
    "MQTTS://broker.example:1, true, broker.example:1",
    "ssl://10.0.0.7:8884, true, 10.0.0.7:8884",
  })
  void an_address_is_understood(String url, boolean tls, String place) {
    assertThat(to(url).tls()).isEqualTo(tls);
    assertThat(to(url).place()).isEqualTo(place);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mqtt://broker.example:1883",
        "tcp://10.0.0.7",
        "mqtt://0.0.0.0:1883",
        "mqtt://localhost.example:1883",
        "mqtt://127.0.0.1.example:1883",
        "mqtt://[2001:db8::1]:1883"
      })
  void nothing_unprotected_leaves_this_machine(String url) {
    assertThatThrownBy(() -> to(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("use mqtts://");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "broker.example:1883", "http://localhost", "ws://localhost", "localhost"})
  void what_is_no_brokers_address_is_refused(String url) {
    assertThatThrownBy(() -> to(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mqtts://");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mqtts://", "mqtts:///path", "mqtts://under_score:1"})
  void an_address_without_a_host_is_refused(String url) {
    assertThatThrownBy(() -> to(url)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mqtts://node:secret@broker.example", "mqtts://node:secret@host:99/x"})
  void an_account_in_the_address_is_refused_without_repeating_it(String url) {
    assertThatThrownBy(() -> to(url))
        .hasMessageContaining("username and password")
        .hasMessageNotContaining("secret");
  }

  @Test
  void a_path_is_refused() {
    assertThatThrownBy(() -> to("mqtts://broker.example/town")).hasMessageContaining("no path");
  }

  @Test
  void a_password_needs_a_username() {
    assertThatThrownBy(
            () -> new MqttSettings(URI.create("mqtt://localhost"), "c", null, "secret", null))
        .hasMessage("a password without a username");
  }

  @Test
  void the_password_is_not_in_the_text_of_the_settings() {
    assertThat(new MqttSettings(URI.create("mqtt://localhost"), "c", "node", "secret", null))
        .asString()
        .doesNotContain("secret");
  }

  @Test
  void waits_that_make_no_sense_are_refused() {
    Duration some = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new MqttSettings.Timing(Duration.ZERO, some, some, some, some))
        .hasMessageContaining("millisecond");
    assertThatThrownBy(() -> new MqttSettings.Timing(some, Duration.ofMillis(10), some, some, some))
        .hasMessageContaining("keepAlive");
    assertThatThrownBy(() -> new MqttSettings.Timing(some, some, some, some, Duration.ofMillis(10)))
        .hasMessageContaining("retryMost");
  }

  @Test
  void waits_double_up_to_a_bound_with_jitter_and_begin_anew() {
    RetryDelay delay =
        new RetryDelay(Duration.ofMillis(250), Duration.ofSeconds(30), new Random(1));
    long whole = 250;
    for (int i = 0; i < 12; i++) {
      assertThat(delay.nextMillis()).isBetween(whole / 2, whole);
      whole = Math.min(whole * 2, 30_000);
    }
    assertThat(whole).isEqualTo(30_000);
    delay.reset();
    assertThat(delay.nextMillis()).isBetween(125L, 250L);
  }
}
