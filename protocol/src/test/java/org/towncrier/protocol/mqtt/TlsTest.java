package org.towncrier.protocol.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS on Mosquitto: who vouches for it must be who we trust, and for that very host. */
@Tag("mosquitto")
class TlsTest {
  @TempDir static Path keys;
  private static TestCa ca;
  private static TestCa foreign;
  private static TestCa.Issued here;

  @TempDir Path folder;

  @BeforeAll
  static void makeKeys() throws Exception {
    ca = new TestCa(keys.resolve("own"));
    foreign = new TestCa(keys.resolve("foreign"));
    here = ca.issue("ip:127.0.0.1,dns:localhost");
  }

  @Test
  void a_broker_that_our_authority_vouches_for_is_trusted() throws Exception {
    try (Mosquitto broker = Mosquitto.withTls(folder, here.certificate(), here.privateKey());
        Client byAddress = client(broker.url(), ca.certificate);
        Client byName =
            client(URI.create("mqtts://localhost:" + broker.url().getPort()), ca.certificate)) {
      byAddress.connected().says("hello");
      byName.connected().says("hello");
    }
  }

  @Test
  void a_broker_that_another_authority_vouches_for_is_refused() throws Exception {
    try (Mosquitto broker = Mosquitto.withTls(folder, here.certificate(), here.privateKey());
        Client client = client(broker.url(), foreign.certificate)) {
      assertThat(client.trouble())
          .contains("certificate of 127.0.0.1:")
          .endsWith("is not signed by the authority in " + foreign.certificate);
    }
  }

  @Test
  void without_a_ca_certificate_only_public_authorities_are_trusted() throws Exception {
    try (Mosquitto broker = Mosquitto.withTls(folder, here.certificate(), here.privateKey());
        Client client = client(broker.url(), null)) {
      assertThat(client.trouble()).endsWith("this Java trusts: give its CA certificate");
    }
  }

  @Test
  void a_certificate_for_another_host_is_refused() throws Exception {
    TestCa other = new TestCa(keys.resolve("elsewhere"));
    TestCa.Issued elsewhere = other.issue("dns:broker.example");
    try (Mosquitto broker =
            Mosquitto.withTls(folder, elsewhere.certificate(), elsewhere.privateKey());
        Client client = client(broker.url(), other.certificate)) {
      assertThat(client.trouble()).contains("does not fit").contains("127.0.0.1");
    }
  }

  @Test
  void a_ca_file_without_a_certificate_is_named() throws Exception {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing to see\n");
    try (Mosquitto broker = Mosquitto.withTls(folder, here.certificate(), here.privateKey());
        Client client = client(broker.url(), empty)) {
      assertThat(client.trouble()).contains(empty + " holds no PEM certificate");
    }
  }

  private static Client client(URI url, @Nullable Path ca) {
    Client.Habits habits = new Client.Habits();
    habits.ca = ca;
    return new Client(url, habits).started();
  }
}
