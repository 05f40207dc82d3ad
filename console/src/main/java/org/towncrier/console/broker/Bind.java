package org.towncrier.console.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.console.store.StartRefusedException;
import org.towncrier.protocol.mqtt.MqttSettings;

/**
 * Where the broker listens.
 *
 * @param host as the setting has it
 * @param port 0 for any that is free
 * @param tls whether nodes speak TLS
 */
record Bind(String host, int port, boolean tls) {
  static final String LOOPBACK = "127.0.0.1";
  private static final String SETTING = "towncrier.broker.bind";

  /**
   * Reads the setting and asks nobody.
   *
   * @throws StartRefusedException when it is no address, or one where passwords would cross the
   *     network in the clear
   */
  static Bind of(ConsoleSettings.Broker settings) {
    String text = settings.bind();
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException malformed) {
      throw malformed(text, malformed);
    }
    String scheme = String.valueOf(uri.getScheme());
    if (uri.getHost() == null || !(scheme.equals("mqtt") || scheme.equals("mqtts"))) {
      throw malformed(text, null);
    }
    boolean tls = scheme.equals("mqtts");
    if (!tls && !MqttSettings.isLoopback(uri.getHost())) {
      throw new StartRefusedException(
          "The broker may not listen at %s without TLS: passwords would cross the network in the clear."
              .formatted(text),
          "Set %s to mqtts://%s with towncrier.broker.certificate and towncrier.broker.private-key, or to mqtt://127.0.0.1:1883 for this machine alone."
              .formatted(SETTING, uri.getAuthority()),
          null);
    }
    if (tls && (settings.certificate() == null || settings.privateKey() == null)) {
      throw new StartRefusedException(
          "The broker has no certificate to listen with at %s.".formatted(text),
          "Set towncrier.broker.certificate and towncrier.broker.private-key to PEM files.",
          null);
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 8883 : 1883;
    String host = uri.getHost();
    return new Bind(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port, tls);
  }

  /**
   * Tries the address, so that the answer is plain.
   *
   * @throws StartRefusedException when somebody listens there, or it isn't this machine's
   */
  void probe() {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
    } catch (UnknownHostException e) {
      throw new StartRefusedException(
          "The broker can't listen at %s: there is no such address.".formatted(host),
          "Set %s to an address of this machine.".formatted(SETTING),
          e);
    } catch (IOException e) {
      throw refused(e);
    }
  }

  StartRefusedException refused(@Nullable Exception cause) {
    return new StartRefusedException(
        "The broker can't listen at %s port %d (%s)."
            .formatted(host, port, cause == null ? "nothing listens" : cause.getMessage()),
        "Another program, perhaps another console or broker, may have the port: stop it, or set %s to another address or port."
            .formatted(SETTING),
        cause);
  }

  private static StartRefusedException malformed(String text, @Nullable Exception cause) {
    return new StartRefusedException(
        "The broker's address \"%s\" can't be read.".formatted(text),
        "Set %s to something like mqtt://127.0.0.1:1883, or mqtts://0.0.0.0:8883 for other machines."
            .formatted(SETTING),
        cause);
  }

  URI uri(int realPort) {
    return URI.create(
        "%s://%s:%d"
            .formatted(
                tls ? "mqtts" : "mqtt", host.contains(":") ? "[" + host + "]" : host, realPort));
  }
}
