package org.towncrier.broadcaster.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.broadcaster.machine.Finding.Level;

class CertificateEndTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path folder;

  @Test
  void a_certificate_that_holds_for_long_is_well() {
    Finding finding = CertificateEnd.judge(NOW.plus(Duration.ofDays(90)), NOW);
    assertThat(finding.level()).isEqualTo(Level.OK);
    assertThat(finding.found()).contains("2027-02-22, 90 days");
  }

  @Test
  void one_that_ends_within_two_weeks_is_worth_a_note() {
    Finding finding = CertificateEnd.judge(NOW.plus(Duration.ofDays(13)), NOW);
    assertThat(finding.level()).isEqualTo(Level.NOTE);
    assertThat(finding.found()).contains("in 13 days");
    assertThat(CertificateEnd.judge(NOW.plus(Duration.ofDays(14)), NOW).level())
        .isEqualTo(Level.OK);
  }

  @Test
  void one_that_has_ended_keeps_the_node_from_its_console() {
    Finding finding = CertificateEnd.judge(NOW.minusSeconds(1), NOW);
    assertThat(finding.level()).isEqualTo(Level.PROBLEM);
    assertThat(finding.found()).contains("ended on 2026-11-24");
    assertThat(finding.advice()).contains("renew it");
  }

  @Test
  void the_end_is_read_from_the_broker_also_when_it_has_passed() throws Exception {
    assertThat(endOf("-startdate", "-40d", "-validity", "30").orElseThrow())
        .isBefore(Instant.now());
    assertThat(endOf("-validity", "30").orElseThrow())
        .isBetween(
            Instant.now().plus(Duration.ofDays(29)), Instant.now().plus(Duration.ofDays(30)));
  }

  @Test
  void a_broker_without_tls_or_that_is_not_there_has_none() throws Exception {
    assertThat(CertificateEnd.of(URI.create("mqtt://127.0.0.1:1"))).isEmpty();
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    assertThat(CertificateEnd.of(URI.create("mqtts://127.0.0.1:" + free))).isEmpty();
  }

  private Optional<Instant> endOf(String... validity) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys(validity).getKeyManagers(), null, null);
    try (SSLServerSocket server =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> greeted =
          CompletableFuture.runAsync(
              () -> {
                try (SSLSocket socket = (SSLSocket) server.accept()) {
                  socket.startHandshake();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      Optional<Instant> end =
          CertificateEnd.of(URI.create("mqtts://127.0.0.1:" + server.getLocalPort()));
      greeted.join();
      return end;
    }
  }

  private KeyManagerFactory keys(String... validity) throws Exception {
    Path store = folder.resolve("keys-" + validity.length + ".p12");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "broker",
                "-keyalg",
                "EC",
                "-dname",
                "CN=broker of a test",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD)));
    command.addAll(List.of(validity));
    Process keytool =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor()).as(Files.readString(folder.resolve("keytool.log"))).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD);
    return factory;
  }
}
