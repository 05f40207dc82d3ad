package org.towncrier.broadcaster.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.towncrier.broadcaster.loop.Cancellable;
import org.towncrier.broadcaster.loop.EventLoop;
import org.towncrier.broadcaster.store.NodeStore;
import org.towncrier.broadcaster.store.StoreException;
import org.towncrier.protocol.NodeState;

/**
 * Whether the node's clock may be believed. A Raspberry Pi has no clock of its own: after a power
 * cut it wakes in the past, and a schedule obeyed then would ask people at the wrong hour.
 *
 * <p>It is not believed before the program was built, behind what the node itself wrote down, or
 * until something has set it since the machine started. Used on the event loop.
 */
public final class ClockTrust implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ClockTrust.class);

  /** A time service may set a clock back by a little; no rule of the node is that fine. */
  private static final Duration STEP_BACK = Duration.ofMinutes(1);

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
  private static final Duration WRITE_DOWN = Duration.ofMinutes(1);

  private final NodeStore store;
  private final EventLoop loop;
  private final Executor background;
  private final Instant built;
  private final Synchronisation synchronisation;
  private Instant latest = Instant.EPOCH;
  private String synchronisedBoot = "";
  private @Nullable String unsynchronised = "whether the clock was set is not known yet";
  private String detail = "";
  private @Nullable Cancellable nextLook;
  private @Nullable Cancellable nextRecord;
  private boolean closed;

  /**
   * @param background where looks for synchronisation run, since they may take seconds
   */
  public ClockTrust(
      NodeStore store,
      EventLoop loop,
      Executor background,
      Instant built,
      Synchronisation synchronisation) {
    this.store = store;
    this.loop = loop;
    this.background = background;
    this.built = built;
    this.synchronisation = synchronisation;
  }

  /** Reads what was written down, and begins to look whether the clock was set. */
  public void start() {
    store.run(
        sql ->
            sql.first(
                    "SELECT latest_ms, synchronised_boot FROM clock",
                    row -> {
                      String boot = row.getString(2);
                      synchronisedBoot = boot == null ? "" : boot;
                      return Instant.ofEpochMilli(row.getLong(1));
                    })
                .ifPresent(known -> latest = known));
    look();
    recordEachMinute();
  }

  /** Why the clock is not believed now, for the person who looks after the node; or nothing. */
  public Optional<String> distrust() {
    Instant now = loop.now();
    if (now.isBefore(built)) {
      return Optional.of(
          "the clock shows a time before this program was built (%s); set the clock"
              .formatted(built));
    }
    if (now.isBefore(latest.minus(STEP_BACK))) {
      return Optional.of(
          "the clock shows a time before %s, which the node has already lived through; set the clock"
              .formatted(latest));
    }
    if (unsynchronised != null) {
      return Optional.of(unsynchronised);
    }
    if (now.isAfter(latest)) {
      latest = now;
    }
    return Optional.empty();
  }

  /** Whether the clock may be believed now. */
  public boolean trusted() {
    return distrust().isEmpty();
  }

  /** For the node's state. */
  public NodeState.Clock state() {
    return distrust()
        .map(why -> new NodeState.Clock(false, why))
        .orElseGet(() -> new NodeState.Clock(true, detail));
  }

  /**
   * Writes down that this moment was lived, if the clock is believed. Joins a transaction that is
   * open.
   */
  public void record() {
    if (!trusted()) {
      return;
    }
    store.run(
        sql ->
            sql.update(
                "INSERT INTO clock (slot, latest_ms, synchronised_boot) VALUES (1, ?, ?)"
                    + " ON CONFLICT (slot) DO UPDATE SET latest_ms = excluded.latest_ms,"
                    + " synchronised_boot = excluded.synchronised_boot",
                latest.toEpochMilli(),
                synchronisedBoot));
  }

  @Override
  public void close() {
    closed = true;
    if (nextLook != null) {
      nextLook.cancel();
    }
    if (nextRecord != null) {
      nextRecord.cancel();
    }
  }

  private void look() {
    background.execute(
        () -> {
          Synchronisation.Finding finding = synchronisation.look();
          loop.execute(() -> found(finding));
        });
  }

  private void found(Synchronisation.Finding finding) {
    if (closed) {
      return;
    }
    String boot = finding.machineBoot();
    boolean before = !boot.isEmpty() && boot.equals(synchronisedBoot);
    if (finding.synchronised() || before) {
      unsynchronised = null;
      detail = finding.synchronised() ? finding.detail() : "set earlier in this machine's run";
      synchronisedBoot = boot;
      log.info("The clock is believed: {}", detail);
      return;
    }
    if (!finding.detail().equals(unsynchronised)) {
      log.warn("Silent: {}", finding.detail());
    }
    unsynchronised = finding.detail();
    nextLook = loop.after(LOOK_AGAIN, this::look);
  }

  private void recordEachMinute() {
    nextRecord =
        loop.after(
            WRITE_DOWN,
            () -> {
              recordEachMinute();
              try {
                record();
              } catch (StoreException full) {
                // The store keeps its trouble, and the node is silent for as long as it lasts.
                log.debug("The time was not written down", full);
              }
            });
  }
}
