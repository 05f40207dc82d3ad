package org.towncrier.console.node;

import java.nio.charset.StandardCharsets;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.towncrier.console.Serving;
import org.towncrier.console.publish.Inbound;
import org.towncrier.console.publish.NodeReported;
import org.towncrier.console.publish.RefusedPayloadException;
import org.towncrier.protocol.MalformedPayloadException;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.Presence;
import org.towncrier.protocol.Topic;
import org.towncrier.protocol.WireJson;

/** Takes what nodes say of themselves. Who says how it is, is there. */
@Component
@Serving
class StateInbox implements Inbound {
  private final NodeHeard heard;
  private final ApplicationEventPublisher events;

  StateInbox(NodeHeard heard, ApplicationEventPublisher events) {
    this.heard = heard;
    this.events = events;
  }

  @Override
  public Topic.Kind kind() {
    return Topic.Kind.STATE;
  }

  @Override
  public void take(Topic topic, byte[] payload)
      throws MalformedPayloadException, RefusedPayloadException {
    NodeState state = WireJson.read(payload, NodeState.class);
    RefusedPayloadException.requireOwn(topic, state.site(), state.node());
    boolean cameBack =
        heard.heard(
            topic,
            new Presence(Presence.Status.ONLINE, state.boot(), state.at()),
            new String(WireJson.write(state), StandardCharsets.UTF_8));
    NodeState.Refusal refusal = state.refused();
    events.publishEvent(
        new NodeReported(
            topic.site(),
            topic.node(),
            state.boot(),
            state.revision(),
            refusal == null ? null : refusal.revision(),
            cameBack));
  }
}
