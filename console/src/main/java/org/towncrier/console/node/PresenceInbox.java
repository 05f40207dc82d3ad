package org.towncrier.console.node;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.towncrier.console.Serving;
import org.towncrier.console.publish.Inbound;
import org.towncrier.console.publish.NodeReported;
import org.towncrier.console.publish.RefusedPayloadException;
import org.towncrier.protocol.MalformedPayloadException;
import org.towncrier.protocol.Presence;
import org.towncrier.protocol.Topic;
import org.towncrier.protocol.WireJson;

/** Takes what nodes, or the broker for them, say of their being there. */
@Component
@Serving
class PresenceInbox implements Inbound {
  private final NodeHeard heard;
  private final ApplicationEventPublisher events;

  PresenceInbox(NodeHeard heard, ApplicationEventPublisher events) {
    this.heard = heard;
    this.events = events;
  }

  @Override
  public Topic.Kind kind() {
    return Topic.Kind.PRESENCE;
  }

  @Override
  public void take(Topic topic, byte[] payload)
      throws MalformedPayloadException, RefusedPayloadException {
    Presence presence = WireJson.read(payload, Presence.class);
    heard.heard(topic, presence, null);
    if (presence.status() == Presence.Status.ONLINE) {
      // Also when it never seemed away: it connected anew, and may have missed what it was told.
      events.publishEvent(
          new NodeReported(topic.site(), topic.node(), presence.boot(), null, null, true));
    }
  }
}
