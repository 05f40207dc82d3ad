package org.towncrier.town.stage;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.towncrier.broadcaster.Broadcaster;
import org.towncrier.broadcaster.config.BroadcasterConfig;
import org.towncrier.broadcaster.config.ConfigException;
import org.towncrier.protocol.NodeState;

/** The nodes of a town in this process, and what the console's book says about them. */
public final class Town implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Town.class);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final List<Broadcaster> nodes = new ArrayList<>();
  private final Set<UUID> boots = new HashSet<>();
  private final ConsoleBook book;

  /** A town without nodes yet. */
  public Town(ConsoleBook book) {
    this.book = book;
  }

  /** Starts a node from its file. */
  public void start(Path nodeFile) throws IOException, ConfigException {
    Broadcaster node = new Broadcaster(BroadcasterConfig.load(nodeFile));
    node.start();
    nodes.add(node);
    boots.add(node.boot());
  }

  /**
   * Waits until the console has heard from every node as it is now, and each of them satisfies the
   * condition.
   *
   * @return whether they did in time
   */
  public boolean await(Duration within, Predicate<NodeState> condition)
      throws IOException, InterruptedException {
    return await(
        within,
        () -> {
          try {
            List<NodeState> states =
                book.states().stream().filter(state -> boots.contains(state.boot())).toList();
            return states.size() == nodes.size() && states.stream().allMatch(condition);
          } catch (IOException e) {
            log.warn("The console's book can't be read just now", e);
            return false;
          }
        });
  }

  /** Waits for something. */
  public static boolean await(Duration within, BooleanSupplier condition)
      throws InterruptedException {
    return await(within, LOOK, condition);
  }

  /** Waits for something, looking that often. */
  public static boolean await(Duration within, Duration every, BooleanSupplier condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      Thread.sleep(every.toMillis());
    }
    return true;
  }

  /** Nodes end in order: offers are withdrawn, counts reported. */
  @Override
  public void close() {
    for (Broadcaster node : nodes) {
      try {
        node.close();
      } catch (RuntimeException e) {
        log.error("A node did not end as it should", e);
      }
    }
    nodes.clear();
  }
}
