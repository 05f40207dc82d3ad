package org.towncrier.town.reach;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.towncrier.broadcaster.delivery.DeliveryLog;
import org.towncrier.broadcaster.loop.VirtualEventLoop;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.PushObject;
import org.towncrier.hardware.Radio;
import org.towncrier.protocol.Campaign;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.ContactRules;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.MessageObject;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeSchedule;
import org.towncrier.protocol.ScheduledMessage;
import org.towncrier.protocol.ScheduledMessage.Priority;

/** Ours: a {@link VirtualNode}, the only one of its site. */
public final class EnginePolicy implements Policy {
  static final NodeId NODE = new NodeId("clock-tower");
  static final CampaignId CAMPAIGN = new CampaignId("safer-evenings");

  private final BiFunction<Instant, PushObject, NodeSchedule> plan;
  private final Consumer<DeliveryLog.Unreported> counts;

  /** The engine as shipped, with one message on air. */
  public EnginePolicy() {
    this((now, object) -> schedule(NODE, List.of(NODE), now, object), unreported -> {});
  }

  /**
   * The engine as shipped.
   *
   * @param plan the schedule it goes by, from the time at which it begins and what is to be offered
   * @param counts takes the outcomes when the evening has ended and every offer was withdrawn
   */
  EnginePolicy(
      BiFunction<Instant, PushObject, NodeSchedule> plan, Consumer<DeliveryLog.Unreported> counts) {
    this.plan = plan;
    this.counts = counts;
  }

  @Override
  public String name() {
    return "towncrier";
  }

  @Override
  public Worker begin(
      VirtualEventLoop loop, Radio radio, List<AdapterId> adapters, PushObject object) {
    VirtualNode node = new VirtualNode(loop, radio, NODE, note -> {});
    node.apply(plan.apply(loop.now(), object));
    return () -> {
      node.stop();
      counts.accept(node.deliveries().takeUnreported(loop.now()));
      node.close();
    };
  }

  /** One message all evening. */
  static NodeSchedule schedule(NodeId node, List<NodeId> site, Instant now, PushObject object) {
    ScheduledMessage message =
        new ScheduledMessage(
            new MessageId("last-bus"),
            CAMPAIGN,
            Priority.NORMAL,
            new MessageObject(object.name(), object.type(), object.content()),
            List.of(VirtualNode.EVENINGS));
    return schedule(node, site, now, ContactRules.DEFAULT, List.of(message));
  }

  /** Those messages, all of one campaign. */
  static NodeSchedule schedule(
      NodeId node,
      List<NodeId> site,
      Instant now,
      ContactRules rules,
      List<ScheduledMessage> messages) {
    return new NodeSchedule(
        VirtualNode.SITE,
        node,
        1,
        now,
        now.plus(Duration.ofDays(14)),
        false,
        false,
        rules,
        site,
        List.of(new Campaign(CAMPAIGN, now.plus(Duration.ofDays(60)))),
        messages);
  }
}
