package org.towncrier.broadcaster.machine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * When the first of the certificates that a broker shows ends. It is asked whoever it is, since one
 * whose certificate has ended is the one to know of; nothing is said to it but the greeting.
 */
final class CertificateEnd {
  private static final int PATIENCE_MILLIS = 8_000;
  private static final int MQTTS_PORT = 8883;

  /** A console's certificate is renewed by hand as a rule: two weeks are two duties. */
  private static final Duration SOON = Duration.ofDays(14);

  private CertificateEnd() {}

  static Finding judge(Instant end, Instant now) {
    String day = end.atZone(ZoneOffset.UTC).toLocalDate().toString();
    long days = Duration.between(now, end).toDays();
    if (end.isBefore(now)) {
      return Finding.problem(
          "certificate",
          "the broker's certificate ended on " + day,
          "renew it at the console; no node comes in until then (if it is new, set this clock)");
    }
    return Duration.between(now, end).compareTo(SOON) < 0
        ? Finding.note(
            "certificate",
            "the broker's certificate ends on %s, in %d days".formatted(day, days),
            "renew it at the console before then")
        : Finding.ok(
            "certificate", "the broker's certificate holds until %s, %d days".formatted(day, days));
  }

  static Optional<Instant> of(URI broker) {
    if (!"mqtts".equals(broker.getScheme())) {
      return Optional.empty();
    }
    AtomicReference<X509Certificate[]> shown = new AtomicReference<>(new X509Certificate[0]);
    int port = broker.getPort() < 0 ? MQTTS_PORT : broker.getPort();
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(broker.getHost(), port), PATIENCE_MILLIS);
      plain.setSoTimeout(PATIENCE_MILLIS);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Onlooker(shown)}, null);
      try (SSLSocket tls =
          (SSLSocket)
              context.getSocketFactory().createSocket(plain, broker.getHost(), port, false)) {
        tls.startHandshake();
      }
    } catch (IOException | GeneralSecurityException e) {
      // The certificates come before anything else can fail; without them the broker is not there.
    }
    return Arrays.stream(shown.get())
        .map(certificate -> certificate.getNotAfter().toInstant())
        .min(Comparator.naturalOrder());
  }

  /** Takes note of what is shown, whoever shows it. */
  private record Onlooker(AtomicReference<X509Certificate[]> shown) implements X509TrustManager {
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
      shown.set(chain.clone());
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
