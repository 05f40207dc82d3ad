package org.towncrier.broadcaster.command;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.towncrier.broadcaster.store.NodeStore;
import org.towncrier.broadcaster.store.StoreException;
import org.towncrier.protocol.MalformedPayloadException;
import org.towncrier.protocol.NodeCommand;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeState.CommandState;
import org.towncrier.protocol.NodeState.CommandState.Status;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Topic;
import org.towncrier.protocol.TrustedKey;
import org.towncrier.protocol.UntrustedException;

/**
 * Takes in what the console has this node do once: signed by a trusted key, meant for this node, in
 * time, and not done before. That it was begun is written down first, so that a command is done
 * once at most. What came of the last one is in the node's state. Used on the event loop.
 */
public final class CommandInbox {
  private static final Logger log = LoggerFactory.getLogger(CommandInbox.class);

  /** A command is for now; one that lasts longer is a mistake, or somebody's hoard. */
  private static final Duration LONGEST = Duration.ofHours(1);

  /** Between the console's clock and ours. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  private final SiteId site;
  private final NodeId node;
  private final List<TrustedKey> trusted;
  private final NodeStore store;
  private final InstantSource clock;
  private final BooleanSupplier clockTrusted;
  private final Doer doer;
  private final Runnable onChange;
  private @Nullable CommandState last;

  /** Does what is commanded. */
  @FunctionalInterface
  public interface Doer {
    /**
     * Begins.
     *
     * @param ended to be told whether it was done, and in words how it ended
     */
    void begin(NodeCommand command, BiConsumer<Boolean, String> ended);
  }

  /**
   * @param clockTrusted whether the clock is right; while it is not, nothing is known to be in time
   * @param onChange told when {@link #last} has changed
   */
  public CommandInbox(
      SiteId site,
      NodeId node,
      Collection<TrustedKey> trusted,
      NodeStore store,
      InstantSource clock,
      BooleanSupplier clockTrusted,
      Doer doer,
      Runnable onChange) {
    this.site = site;
    this.node = node;
    this.trusted = List.copyOf(trusted);
    this.store = store;
    this.clock = clock;
    this.clockTrusted = clockTrusted;
    this.doer = doer;
    this.onChange = onChange;
  }

  /** The last command of this boot, and what came of it. */
  public Optional<CommandState> last() {
    return Optional.ofNullable(last);
  }

  /** What arrived on the node's topic of commands. */
  public void receive(byte[] payload) {
    try {
      take(TrustedKey.open(trusted, Topic.Kind.COMMANDS, payload, NodeCommand.class));
    } catch (UntrustedException | MalformedPayloadException e) {
      // Nothing to answer to: what it says of itself is not to be believed.
      log.warn("A command is not obeyed: {}", e.getMessage());
    }
  }

  private void take(NodeCommand command) {
    Instant now = clock.instant();
    String objection = objection(command, now);
    if (objection != null) {
      log.warn("Command {} is not obeyed: {}", command.id(), objection);
      say(command.id(), Status.REFUSED, objection);
      return;
    }
    try {
      if (!isNew(command, now)) {
        return;
      }
    } catch (StoreException e) {
      say(command.id(), Status.REFUSED, "The node " + e.getMessage() + ".");
      return;
    }
    say(
        command.id(),
        Status.UNDER_WAY,
        switch (command.action()) {
          case LEAVE_ALONE -> "It looks out for a phone that is held next to it.";
          case TEST_OFFER -> "It offers the message to the phones of its test list that come near.";
        });
    doer.begin(
        command,
        (done, detail) -> {
          // A later command has taken its place.
          if (last != null && last.id().equals(command.id())) {
            say(command.id(), done ? Status.DONE : Status.NOT_DONE, detail);
          }
        });
  }

  private @Nullable String objection(NodeCommand command, Instant now) {
    if (!command.site().equals(site) || !command.node().equals(node)) {
      return "It is meant for " + command.site() + "/" + command.node() + ".";
    }
    if (!clockTrusted.getAsBoolean()) {
      return "The node does not believe its clock, and so can't tell whether it is in time.";
    }
    if (!now.isBefore(command.expiresAt())) {
      return "It came too late.";
    }
    if (command.issuedAt().isAfter(now.plus(SKEW))
        || command.expiresAt().isAfter(now.plus(LONGEST).plus(SKEW))) {
      return "It is for another time: are the clocks of console and node right?";
    }
    return null;
  }

  private boolean isNew(NodeCommand command, Instant now) {
    return store.inTransaction(
        sql -> {
          // Those that have expired are refused as such.
          sql.update(
              "DELETE FROM command_done WHERE until_s < ?", now.minus(SKEW).getEpochSecond());
          return sql.update(
                  "INSERT INTO command_done (id, until_s) VALUES (?, ?) ON CONFLICT DO NOTHING",
                  command.id().toString(),
                  command.expiresAt().getEpochSecond())
              > 0;
        });
  }

  private void say(UUID id, Status status, String detail) {
    last = new CommandState(id, status, detail, clock.instant());
    onChange.run();
  }
}
