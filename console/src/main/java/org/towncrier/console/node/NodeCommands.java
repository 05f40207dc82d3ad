package org.towncrier.console.node;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.towncrier.console.Serving;
import org.towncrier.console.audit.AuditTrail;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.publish.ConsoleLink;
import org.towncrier.console.store.Transactions;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeCommand;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.SigningKey;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Topic;
import org.towncrier.protocol.WireJson;

/**
 * Has a node do something once, now. Said once: a command that is lost is given again by the person
 * who waits for it, and the node's page says what came of it.
 */
@Service
@Serving
public class NodeCommands {
  private static final Logger log = LoggerFactory.getLogger(NodeCommands.class);

  /** Long enough to walk up to the node, open the phone's settings and hold it for a minute. */
  private static final Duration FOR = Duration.ofMinutes(5);

  private static final Duration BROKER_ANSWERS = Duration.ofSeconds(5);

  private final NodeOverview nodes;
  private final ConsoleLink link;
  private final SigningKey key;
  private final AuditTrail audit;
  private final Transactions transactions;
  private final InstantSource clock;

  NodeCommands(
      NodeOverview nodes,
      ConsoleLink link,
      SigningKey key,
      AuditTrail audit,
      Transactions transactions,
      InstantSource clock) {
    this.nodes = nodes;
    this.link = link;
    this.key = key;
    this.audit = audit;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Has the node look out for a phone that is held next to it, and leave it alone.
   *
   * @param who the person's username
   * @return what names it in the node's state
   * @throws InvalidInputException if the node is busy with another command, or the broker did not
   *     take it; then it may be given again
   */
  public UUID leaveAlone(SiteId site, NodeId node, String who) {
    return give(site, node, NodeCommand.Action.LEAVE_ALONE, null, who);
  }

  /**
   * Has the node offer a message that it has to the phones of its own test list.
   *
   * @return what names it in the node's state
   * @throws InvalidInputException as {@link #leaveAlone}
   */
  public UUID testOffer(SiteId site, NodeId node, MessageId message, String who) {
    return give(site, node, NodeCommand.Action.TEST_OFFER, message, who);
  }

  private UUID give(
      SiteId site,
      NodeId node,
      NodeCommand.Action action,
      @Nullable MessageId message,
      String who) {
    Instant now = clock.instant();
    refuseIfBusy(site, node, now);
    NodeCommand command =
        new NodeCommand(site, node, UUID.randomUUID(), now, now.plus(FOR), action, message);
    transactions.run(
        () ->
            audit.add(
                who,
                switch (action) {
                  case LEAVE_ALONE -> "asked to leave a phone alone";
                  case TEST_OFFER -> "asked for a test offer";
                },
                "node " + site + "/" + node,
                (message == null ? "" : "Message " + message + ", ") + "Command " + command.id()));
    byte[] envelope = WireJson.write(key.seal(Topic.Kind.COMMANDS, command));
    try {
      link.publish(new Topic(site, node, Topic.Kind.COMMANDS), envelope, false)
          .get(BROKER_ANSWERS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      log.warn("The broker did not take command {}", command.id(), e);
      throw new InvalidInputException(
          "node", "The node could not be told: there is no connection to the broker. Try again.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InvalidInputException("node", "The console is being stopped.");
    }
    return command.id();
  }

  /**
   * A node tells of its last command only: another one would hide from the person who waits what
   * came of the first. One that has said nothing for a command's whole time has ended, or never
   * will.
   */
  private void refuseIfBusy(SiteId site, NodeId node, Instant now) {
    boolean busy =
        nodes
            .one(site.value(), node.value())
            .map(NodeView::state)
            .map(NodeState::command)
            .filter(last -> last.status() == NodeState.CommandState.Status.UNDER_WAY)
            .filter(last -> now.isBefore(last.at().plus(FOR)))
            .isPresent();
    if (busy) {
      throw new InvalidInputException(
          "node",
          "Nothing was sent: the node is still busy with the last command. Wait until its page says"
              + " what came of that, five minutes at most, and try again.");
    }
  }
}
