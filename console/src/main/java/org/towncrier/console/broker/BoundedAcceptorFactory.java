package org.towncrier.console.broker;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.mqtt.MqttDecoder;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.server.cluster.ClusterConnection;
import org.apache.activemq.artemis.core.server.metrics.MetricsManager;
import org.apache.activemq.artemis.spi.core.protocol.ProtocolManager;
import org.apache.activemq.artemis.spi.core.remoting.Acceptor;
import org.apache.activemq.artemis.spi.core.remoting.BufferHandler;
import org.apache.activemq.artemis.spi.core.remoting.ServerConnectionLifeCycleListener;
import org.towncrier.protocol.Limits;

/**
 * Reads no packet that is larger than the protocol allows. Artemis takes up to 256 MB into memory
 * first, and for MQTT 3.1.1 has no setting for it. It finds this class by name.
 */
public final class BoundedAcceptorFactory extends NettyAcceptorFactory {
  /** A payload, and the topic and packet id before it. */
  private static final int PACKET_BYTES = Limits.PAYLOAD_BYTES + 1024;

  @Override
  @SuppressWarnings("rawtypes") // As Artemis has it.
  public Acceptor createAcceptor(
      String name,
      ClusterConnection connection,
      Map<String, Object> configuration,
      BufferHandler handler,
      ServerConnectionLifeCycleListener listener,
      Executor threads,
      ScheduledExecutorService timer,
      Map<String, ProtocolManager> protocols,
      String threadGroup,
      MetricsManager metrics) {
    Map<String, ProtocolManager> bounded = new HashMap<>();
    protocols.forEach((protocol, manager) -> bounded.put(protocol, bounded(manager)));
    return super.createAcceptor(
        name,
        connection,
        configuration,
        handler,
        listener,
        threads,
        timer,
        bounded,
        threadGroup,
        metrics);
  }

  @SuppressWarnings("rawtypes")
  private static ProtocolManager bounded(ProtocolManager manager) {
    return (ProtocolManager)
        Proxy.newProxyInstance(
            BoundedAcceptorFactory.class.getClassLoader(),
            new Class<?>[] {ProtocolManager.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(manager, arguments);
                if (method.getName().equals("addChannelHandlers")) {
                  ((ChannelPipeline) arguments[0])
                      .replace(MqttDecoder.class, "mqtt-decoder", new MqttDecoder(PACKET_BYTES));
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
