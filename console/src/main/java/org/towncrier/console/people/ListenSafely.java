package org.towncrier.console.people;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.stereotype.Component;
import org.towncrier.console.ConsoleSettings;

/**
 * Passwords never cross a network in the clear: the console listens on this machine alone, or with
 * TLS, or not at all.
 */
@Component
class ListenSafely {
  ListenSafely(ServerProperties server, ConsoleSettings settings) {
    boolean tls =
        settings.behindTlsProxy() || (server.getSsl() != null && server.getSsl().isEnabled());
    refusal(server.getAddress(), tls);
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
