package org.towncrier.protocol.mqtt;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the broker is and who we are to it.
 *
 * @param url {@code mqtts://host:8883}, or {@code mqtt://localhost:1883} for a broker on this
 *     machine
 * @param clientId who we are; Towncrier's own broker wants it to be the username
 * @param username account on the broker, if it asks for one
 * @param password of that account; a secret
 * @param caCertificate PEM file of the authority that signed the broker's certificate; without it
 *     the authorities that this Java trusts
 * @param timing how long to wait for what
 */
public record MqttSettings(
    URI url,
    String clientId,
    @Nullable String username,
    @Nullable String password,
    @Nullable Path caCertificate,
    Timing timing) {

  private static final Set<String> PLAIN = Set.of("mqtt", "tcp");
  private static final Set<String> TLS = Set.of("mqtts", "ssl");

  /**
   * Checks all of it, and reads nothing.
   *
   * @throws IllegalArgumentException saying what to write instead
   */
  public MqttSettings {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!PLAIN.contains(scheme) && !TLS.contains(scheme)) {
      throw new IllegalArgumentException(
          "a broker's address starts with mqtts:// (or mqtt:// on this machine), not \"%s\""
              .formatted(withoutUser(url)));
    }
    if (url.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "a broker's address holds no account: write it under username and password");
    }
    if (url.getHost() == null) {
      throw new IllegalArgumentException(
          "a broker's address is mqtts://host:port, not \"%s\"".formatted(url));
    }
    if (url.getPath() != null && !url.getPath().isEmpty() && !url.getPath().equals("/")) {
      throw new IllegalArgumentException(
          "a broker's address has no path, not \"%s\"".formatted(url.getPath()));
    }
    if (PLAIN.contains(scheme) && !isLoopback(url.getHost())) {
      throw new IllegalArgumentException(
          ("%s would send the password and everything else unprotected over the network: use"
                  + " mqtts:// with TLS on the broker (and its CA certificate, if it is your own),"
                  + " or a broker on this machine")
              .formatted(url));
    }
    if (clientId.isEmpty() || clientId.length() > 100) {
      throw new IllegalArgumentException("a client id has 1 to 100 characters");
    }
    if (password != null && username == null) {
      throw new IllegalArgumentException("a password without a username");
    }
  }

  /** With the default timing. */
  public MqttSettings(
      URI url,
      String clientId,
      @Nullable String username,
      @Nullable String password,
      @Nullable Path caCertificate) {
    this(url, clientId, username, password, caCertificate, Timing.DEFAULT);
  }

  /**
   * How long to wait for what.
   *
   * @param connect from the first packet to the last SUBACK
   * @param keepAlive between pings, whole seconds
   * @param ack for the PUBACK of a publication; then the connection counts as dead
   * @param retryFirst before the first try after a loss, jitter aside
   * @param retryMost what the wait doubles up to
   */
  public record Timing(
      Duration connect, Duration keepAlive, Duration ack, Duration retryFirst, Duration retryMost) {

    /** For a network that comes and goes. */
    public static final Timing DEFAULT =
        new Timing(
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            Duration.ofMillis(250),
            Duration.ofSeconds(30));

    public Timing {
      if (connect.toMillis() < 1 || ack.toMillis() < 1 || retryFirst.toMillis() < 1) {
        throw new IllegalArgumentException("the waits of a connection are at least a millisecond");
      }
      if (keepAlive.toSeconds() < 1) {
        throw new IllegalArgumentException("keepAlive is at least a second");
      }
      if (retryMost.compareTo(retryFirst) < 0) {
        throw new IllegalArgumentException("retryMost is at least retryFirst");
      }
    }
  }

  /** Whether a host name or literal address stays on this machine, without asking any resolver. */
  public static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.matches("127(\\.\\d{1,3}){3}")
        || host.equals("[::1]")
        || host.equals("::1");
  }

  boolean tls() {
    return TLS.contains(url.getScheme().toLowerCase(Locale.ROOT));
  }

  int port() {
    return url.getPort() >= 0 ? url.getPort() : tls() ? 8883 : 1883;
  }

  /** For people: never holds a secret. */
  String place() {
    return url.getHost() + ":" + port();
  }

  /** As sockets take it: an IPv6 address without its brackets. */
  String host() {
    return url.getHost().replace("[", "").replace("]", "");
  }

  private static String withoutUser(URI url) {
    return url.toString().replaceFirst("//[^/@]*@", "//");
  }

  @Override
  public String toString() {
    return "MqttSettings[" + withoutUser(url) + ", " + clientId + "]";
  }
}
