package org.towncrier.protocol.mqtt;

import java.net.URI;
import java.util.Set;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;
import org.eclipse.paho.client.mqttv3.spi.NetworkModuleFactory;

/**
 * Gives Paho the {@link Wire} that its options hold. Paho finds it by {@code META-INF/services}.
 */
public final class WireFactory implements NetworkModuleFactory {
  static final String SCHEME = "towncrier";

  /** Options of a connection over a wire of ours. */
  static final class Options extends MqttConnectOptions {
    private final Wire wire;

    Options(Wire wire) {
      this.wire = wire;
    }
  }

  /** For {@link java.util.ServiceLoader}. */
  public WireFactory() {}

  @Override
  public Set<String> getSupportedUriSchemes() {
    return Set.of(SCHEME);
  }

  /** {@link MqttSettings} has checked it. */
  @Override
  public void validateURI(URI brokerUri) {}

  @Override
  public NetworkModule createNetworkModule(URI broker, MqttConnectOptions options, String client) {
    if (options instanceof Options ours) {
      return ours.wire;
    }
    throw new IllegalArgumentException(SCHEME + " is the scheme of MqttLink alone");
  }
}
