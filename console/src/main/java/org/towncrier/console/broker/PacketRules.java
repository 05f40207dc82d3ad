package org.towncrier.console.broker;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import java.util.List;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTInterceptor;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.towncrier.protocol.Limits;
import org.towncrier.protocol.SiteTopic;

/**
 * Leaves out what Towncrier has no use for, before the broker sees it: what isn't there can't be
 * abused. Who sends it is disconnected.
 */
final class PacketRules implements MQTTInterceptor {
  private static final Logger log = LoggerFactory.getLogger(PacketRules.class);
  private static final int MQTT_3_1_1 = 4;

  private final Accounts accounts;

  PacketRules(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public boolean intercept(MqttMessage packet, RemotingConnection connection) {
    String why = refusal(packet);
    if (!why.isEmpty()) {
      log.debug("{} is disconnected: {}", connection.getClientID(), why);
    }
    return why.isEmpty();
  }

  private String refusal(MqttMessage packet) {
    if (packet instanceof MqttConnectMessage connect) {
      return refusalOf(connect);
    }
    if (packet instanceof MqttPublishMessage publish) {
      if (publish.payload().readableBytes() > Limits.PAYLOAD_BYTES) {
        return "too large";
      }
      // What nodes of a site say to each other is for now, and nobody's to find later.
      return publish.fixedHeader().isRetain()
              && SiteTopic.parse(publish.variableHeader().topicName()).isPresent()
          ? "it wants kept what is not to be kept"
          : "";
    }
    if (packet instanceof MqttSubscribeMessage subscribe) {
      return refusalOf(
          subscribe.payload().topicSubscriptions().stream()
              .map(MqttTopicSubscription::topicFilter)
              .toList());
    }
    if (packet instanceof MqttUnsubscribeMessage unsubscribe) {
      return refusalOf(unsubscribe.payload().topics());
    }
    return "";
  }

  private String refusalOf(MqttConnectMessage connect) {
    if (connect.variableHeader().version() != MQTT_3_1_1) {
      return "it does not speak MQTT 3.1.1";
    }
    // A session that outlives its connection is a queue that fills up while nobody is there.
    if (!connect.variableHeader().isCleanSession()) {
      return "it wants its session kept";
    }
    String will = connect.payload().willTopic();
    return connect.variableHeader().isWillFlag()
            && (SiteTopic.parse(will).isPresent()
                || !accounts.mayPublish(connect.payload().userName(), will))
        ? "its will is for another's topic"
        : "";
  }

  /**
   * Names of the broker's own queues and shared subscriptions. A refused subscription makes the
   * broker delete the queue of that name, so nobody may name another's.
   */
  private static String refusalOf(List<String> filters) {
    return filters.stream()
            .anyMatch(
                filter -> filter.startsWith("$") || filter.contains(":") || filter.contains("."))
        ? "it names a queue"
        : "";
  }
}
