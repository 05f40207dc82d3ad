package org.towncrier.broadcaster.uplink;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.towncrier.broadcaster.config.BroadcasterConfig.StateSettings;
import org.towncrier.broadcaster.loop.Cancellable;
import org.towncrier.broadcaster.loop.EventLoop;
import org.towncrier.protocol.NodeState;

/**
 * Tells the console how the node is: with each connection, when it changes, and every minute. Used
 * on the event loop.
 */
public final class StateTeller implements AutoCloseable {
  /** Changes come in bursts (a schedule with all its messages): one telling serves them all. */
  private static final Duration GATHER = Duration.ofMillis(100);

  /** For what changes without anybody saying so, such as the disk. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final EventLoop loop;
  private final StateSettings settings;
  private final Supplier<NodeState> state;
  private final Consumer<NodeState> console;
  private boolean connected;
  private @Nullable NodeState told;
  private Instant toldAt = Instant.EPOCH;
  private @Nullable Cancellable gathering;
  private @Nullable Cancellable looking;

  /** Tells nothing before {@link #connected}. */
  public StateTeller(
      EventLoop loop,
      StateSettings settings,
      Supplier<NodeState> state,
      Consumer<NodeState> console) {
    this.loop = loop;
    this.settings = settings;
    this.state = state;
    this.console = console;
  }

  /** The broker is there: it is told at once, whatever it was told before. */
  public void connected() {
    connected = true;
    tell(state.get());
    if (looking == null) {
      look();
    }
  }

  /** The broker is gone. */
  public void disconnected() {
    close();
  }

  /** Something may have changed. */
  public void changed() {
    if (connected && gathering == null) {
      gathering =
          loop.after(
              GATHER,
              () -> {
                gathering = null;
                tellIfDue();
              });
    }
  }

  @Override
  public void close() {
    connected = false;
    if (gathering != null) {
      gathering.cancel();
      gathering = null;
    }
    if (looking != null) {
      looking.cancel();
      looking = null;
    }
  }

  private void look() {
    looking = loop.after(LOOK, this::look);
    tellIfDue();
  }

  private void tellIfDue() {
    if (!connected) {
      return;
    }
    NodeState now = state.get();
    Duration since = Duration.between(toldAt, now.at());
    boolean due = since.compareTo(settings.every()) >= 0 || since.isNegative();
    if (due || told == null || !whatMatters(now).equals(whatMatters(told))) {
      tell(now);
    }
  }

  private void tell(NodeState now) {
    told = now;
    toldAt = now.at();
    console.accept(now);
  }

  /** Without what changes all the time and may wait for the minute. */
  private static NodeState whatMatters(NodeState state) {
    return new NodeState(
        state.site(),
        state.node(),
        state.boot(),
        Instant.EPOCH,
        state.version(),
        state.revision(),
        state.refused(),
        state.silentBecause(),
        state.hold(),
        state.training(),
        state.messages(),
        state.clock(),
        state.adapters(),
        new NodeState.Disk(0, state.disk().writable()),
        0,
        0,
        state.command(),
        state.waitsFor(),
        state.permittedHours(),
        state.testPhones());
  }
}
