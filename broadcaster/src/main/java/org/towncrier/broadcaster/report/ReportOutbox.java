package org.towncrier.broadcaster.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.towncrier.broadcaster.config.BroadcasterConfig.ReportSettings;
import org.towncrier.broadcaster.loop.Cancellable;
import org.towncrier.broadcaster.loop.EventLoop;
import org.towncrier.broadcaster.store.NodeStore;
import org.towncrier.broadcaster.store.StoreException;
import org.towncrier.protocol.Acks;
import org.towncrier.protocol.MalformedPayloadException;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Topic;
import org.towncrier.protocol.TrustedKey;
import org.towncrier.protocol.UntrustedException;

/**
 * Carries counts to the console: nothing is lost, whatever dies on the way, and what arrives twice
 * counts once. Used on the event loop.
 *
 * <p>Counts become a report in the transaction that takes them. A report is sent until the
 * <em>console</em> confirms it; that a broker took it means nothing. Of the unconfirmed ones at
 * most {@value #WINDOW} are on their way at a time, the oldest first.
 */
public final class ReportOutbox implements AutoCloseable {
  /** Reports on their way at a time. */
  static final int WINDOW = 100;

  /**
   * Unconfirmed reports from which on the console is taken to be away for long: then one is made an
   * hour (36 MB a year at 4 KB), and counts wait, added up, where they are counted.
   */
  static final int MANY = 1000;

  static final Duration WHEN_MANY = Duration.ofHours(1);

  /** A console that is well confirms within a second or two. */
  static final Duration FIRST_PATIENCE = Duration.ofSeconds(3);

  static final Duration LONGEST_PATIENCE = Duration.ofSeconds(60);

  private static final Duration FORGET_EVERY = Duration.ofHours(1);

  private static final Logger log = LoggerFactory.getLogger(ReportOutbox.class);

  private final SiteId site;
  private final NodeId node;
  private final List<TrustedKey> trusted;
  private final ReportSettings settings;
  private final EventLoop loop;
  private final ReportShelf shelf;
  private final Unreported unreported;
  private final Sender sender;

  /** On their way, as far as is known. */
  private final Set<ReportShelf.Key> sent = new HashSet<>();

  /** Of those, the ones that were on their way when patience last ended. */
  private final Set<ReportShelf.Key> overdue = new HashSet<>();

  private long unacknowledged;
  private boolean connected;
  private boolean askedAboutOthers;
  private boolean heard;
  private Duration patience = FIRST_PATIENCE;
  private Instant lastCut = Instant.EPOCH;
  private Instant forgotten = Instant.EPOCH;
  private @Nullable Cancellable soon;
  private @Nullable Cancellable regular;
  private @Nullable Cancellable resend;

  /** The way to the broker. */
  @FunctionalInterface
  public interface Sender {
    /** Sends a report; the future ends when the broker has it, or will not get it. */
    CompletableFuture<Void> send(byte[] report);
  }

  public ReportOutbox(
      SiteId site,
      NodeId node,
      UUID boot,
      Collection<TrustedKey> trusted,
      ReportSettings settings,
      EventLoop loop,
      NodeStore store,
      Unreported unreported,
      Sender sender) {
    this.site = site;
    this.node = node;
    this.trusted = List.copyOf(trusted);
    this.settings = settings;
    this.loop = loop;
    this.shelf = new ReportShelf(site, node, boot, store);
    this.unreported = unreported;
    this.sender = sender;
  }

  /** Begins this boot's numbering, and reports what an earlier boot left uncounted. */
  public void start() {
    shelf.open();
    cutRegularly();
  }

  /** Something was counted: a report follows shortly. */
  public void counted() {
    if (soon == null) {
      soon =
          loop.after(
              settings.afterChange(),
              () -> {
                soon = null;
                // While the console is behind, haste makes nothing arrive sooner.
                if (unacknowledged() < WINDOW) {
                  cut();
                }
              });
    }
  }

  /** Makes a report of all that was counted, now. */
  public void cut() {
    try {
      lastCut = loop.now();
      if (shelf.cut(unreported, lastCut)) {
        pump();
      }
    } catch (StoreException e) {
      // The counts stay where they are; the store keeps its trouble, and the node is silent.
      log.warn("No report made: the node {}", e.getMessage());
    }
  }

  /** The broker is there: all that the console has not confirmed goes out, in order. */
  public void connected() {
    connected = true;
    askedAboutOthers = false;
    startOver();
  }

  /** The broker is gone. */
  public void disconnected() {
    connected = false;
    sent.clear();
    overdue.clear();
    cancelResend();
  }

  /** What arrived on the node's topic of confirmations. */
  public void acknowledged(byte[] payload) {
    Acks acks;
    try {
      acks = TrustedKey.open(trusted, Topic.Kind.ACKS, payload, Acks.class);
    } catch (UntrustedException | MalformedPayloadException e) {
      log.warn("A confirmation of reports is ignored: {}", e.getMessage());
      return;
    }
    if (!acks.site().equals(site) || !acks.node().equals(node)) {
      log.warn("A confirmation of reports for {}/{} is ignored", acks.site(), acks.node());
      return;
    }
    try {
      take(acks);
    } catch (StoreException e) {
      // What was confirmed goes out once more, and is confirmed once more.
      log.warn("A confirmation of reports is lost: the node {}", e.getMessage());
    }
  }

  private void take(Acks acks) {
    boolean changed = false;
    for (Acks.Boot boot : acks.boots()) {
      changed |= shelf.acknowledge(boot.boot(), Math.max(0, boot.seq()), loop.now());
    }
    if (changed) {
      heard = true;
      if (!patience.equals(FIRST_PATIENCE)) {
        // Only then: confirmations that keep coming must not put off what was lost among them.
        patience = FIRST_PATIENCE;
        cancelResend();
      }
      sent.retainAll(keys(shelf.unacknowledged(WINDOW)));
      pump();
    }
    askAboutOthers(acks);
  }

  /** Reports made but not confirmed; as last known, while the store fails. */
  public long unacknowledged() {
    try {
      unacknowledged = shelf.countUnacknowledged();
    } catch (StoreException e) {
      log.debug("Reports cannot be counted", e);
    }
    return unacknowledged;
  }

  @Override
  public void close() {
    cancelResend();
    if (soon != null) {
      soon.cancel();
    }
    if (regular != null) {
      regular.cancel();
    }
  }

  private void cutRegularly() {
    regular = loop.after(settings.every(), this::cutRegularly);
    if (unacknowledged() < MANY
        || !loop.now().isBefore(lastCut.plus(WHEN_MANY))
        || loop.now().isBefore(lastCut)) {
      cut();
    }
    forgetOld();
  }

  private void forgetOld() {
    if (loop.now().isBefore(forgotten.plus(FORGET_EVERY)) && !loop.now().isBefore(forgotten)) {
      return;
    }
    try {
      forgotten = loop.now();
      shelf.forgetOld(loop.now());
    } catch (StoreException e) {
      log.debug("Old reports stay for now", e);
    }
  }

  private void startOver() {
    patience = FIRST_PATIENCE;
    cancelResend();
    sent.clear();
    overdue.clear();
    pump();
  }

  private void pump() {
    if (!connected) {
      return;
    }
    List<ReportShelf.Kept> open;
    try {
      open = shelf.unacknowledged(WINDOW);
    } catch (StoreException e) {
      log.warn("No reports sent: the node {}", e.getMessage());
      return; // The next regular report tries again.
    }
    for (ReportShelf.Kept report : open) {
      if (sent.add(report.key())) {
        send(report);
      }
    }
    if (!open.isEmpty() && resend == null) {
      resend = loop.after(patience, this::sendAgain);
    }
  }

  /**
   * What has been on its way for a whole patience goes out again. Without any word from the console
   * in that time all of it does, and patience grows: it may be down while the broker is well.
   */
  private void sendAgain() {
    resend = null;
    if (heard) {
      sent.removeAll(overdue);
    } else {
      Duration doubled = patience.multipliedBy(2);
      patience = doubled.compareTo(LONGEST_PATIENCE) > 0 ? LONGEST_PATIENCE : doubled;
      sent.clear();
    }
    heard = false;
    overdue.clear();
    overdue.addAll(sent);
    pump();
  }

  private void send(ReportShelf.Kept report) {
    CompletableFuture<Void> sending = sender.send(report.payload());
    // One that failed goes out again with the next connection, or when patience ends.
    sending.whenComplete(
        (done, failure) -> {
          if (failure != null) {
            log.debug("Report {} was not taken by the broker", report.key(), failure);
          }
        });
  }

  /**
   * A console restored from a backup may not know a boot at all, and so say nothing of it. Once in
   * each connection the last report of every such boot goes out again, which makes the console say
   * what it has: nothing changes if it has everything.
   */
  private void askAboutOthers(Acks acks) {
    if (!connected || askedAboutOthers) {
      return;
    }
    askedAboutOthers = true;
    Set<UUID> named = new HashSet<>();
    acks.boots().forEach(boot -> named.add(boot.boot()));
    shelf.lastConfirmedOfEachBoot().entrySet().stream()
        .filter(last -> !named.contains(last.getKey()))
        .forEach(last -> send(last.getValue()));
  }

  private void cancelResend() {
    if (resend != null) {
      resend.cancel();
      resend = null;
    }
  }

  private static Set<ReportShelf.Key> keys(List<ReportShelf.Kept> reports) {
    Set<ReportShelf.Key> keys = new HashSet<>();
    reports.forEach(report -> keys.add(report.key()));
    return keys;
  }
}
