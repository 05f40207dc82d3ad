package org.towncrier.console.people;

import java.net.InetAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.towncrier.console.ConsoleSettings;

/**
 * Passwords never cross a network in the clear: the console listens on this machine alone, or with
 * TLS, or not at all.
 */
@Component
class ListenSafely {
  ListenSafely(ServerProperties server, ConsoleSettings settings, Environment environment) {
    boolean tls =
        settings.behindTlsProxy() || (server.getSsl() != null && server.getSsl().isEnabled());
    refusal(server.getAddress(), tls);
    management(
        environment.getProperty("management.server.port"),
        environment.getProperty("management.server.address"),
        settings.behindTlsProxy()
            || environment.getProperty("management.server.ssl.enabled", Boolean.class, false));
  }

  /**
   * Figures and health may have a port of their own, where the metrics token and an administrator's
   * password come along just as well.
   *
   * @param port null when they have none of their own
   * @param address null means every address
   * @throws IllegalStateException when they would cross a network without TLS
   */
  static void management(@Nullable String port, @Nullable String address, boolean tls) {
    if (port == null || port.equals("-1") || tls) {
      return;
    }
    boolean here =
        address != null && Set.of("127.0.0.1", "localhost", "::1", "[::1]").contains(address);
    if (!here) {
      throw new IllegalStateException(
          ("management.server.port is %s on %s without TLS, so the metrics token would cross the"
                  + " network in the clear; set management.server.address=127.0.0.1, or leave"
                  + " management.server.port out")
              .formatted(port, address == null ? "every address" : address));
    }
  }

  /**
   * @throws IllegalStateException when people would sign in over a network without TLS
   */
  static void refusal(@Nullable InetAddress address, boolean tls) {
    if (!tls && (address == null || !address.isLoopbackAddress())) {
      throw new IllegalStateException(
          "server.address is %s without TLS, so passwords would cross the network in the clear; set"
                  .formatted(address == null ? "every address" : address.getHostAddress())
              + " server.ssl.certificate and server.ssl.certificate-private-key, or keep"
              + " server.address=127.0.0.1 (a proxy elsewhere that has TLS: towncrier.behind-tls-proxy=true)");
    }
  }
}
