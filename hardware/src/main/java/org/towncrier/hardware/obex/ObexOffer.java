package org.towncrier.hardware.obex;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.towncrier.hardware.Offer;
import org.towncrier.hardware.OfferResult;
import org.towncrier.hardware.OfferResult.End;
import org.towncrier.hardware.PushObject;

/**
 * One offer from its first step to its end: a worker finds a link and pushes, while the deadline, a
 * withdrawal or a failing adapter may end it from outside by closing the link.
 *
 * <p>The end is decided once, under one lock, and the final packet goes out only under the same
 * lock's word: so {@code finalPacketSent} is never wrong on the side that matters. If it is false,
 * the phone can't have the object.
 */
public final class ObexOffer implements Offer {
  /**
   * How long an end waits for the link to close (and a phone to answer our goodbye) before it is
   * told anyway. A native stack may block in close for as long as a phone is stalled.
   */
  private static final Duration COURTESY = Duration.ofMillis(300);

  private static final Logger log = LoggerFactory.getLogger(ObexOffer.class);

  private final LinkSource source;
  private final PushObject object;
  private final int maxPacket;
  private final Executor workers;
  private final ScheduledExecutorService timer;
  private final Runnable atEnd;
  private final CompletableFuture<OfferResult> result = new CompletableFuture<>();
  private final AtomicBoolean told = new AtomicBoolean();
  private final long startedAt = System.nanoTime();

  private final Object lock = new Object();
  private @Nullable ObexLink link;
  private @Nullable ObexPutClient client;
  private @Nullable OfferResult settled;
  private boolean finalPacketSent;
  private @Nullable ScheduledFuture<?> deadline;

  /**
   * @param maxPacket the longest OBEX packet to send or take, 255 to 65,535 bytes
   * @param workers runs the push and closes links; must not make them wait for each other
   * @param atEnd called once, right before the result is told, to free what the offer held
   */
  public ObexOffer(
      LinkSource source,
      PushObject object,
      int maxPacket,
      Executor workers,
      ScheduledExecutorService timer,
      Runnable atEnd) {
    this.source = source;
    this.object = object;
    this.maxPacket = maxPacket;
    this.workers = workers;
    this.timer = timer;
    this.atEnd = atEnd;
  }

  /** Begins. Call once. */
  public void start(Duration limit) {
    synchronized (lock) {
      deadline = timer.schedule(this::deadlinePassed, limit.toNanos(), TimeUnit.NANOSECONDS);
    }
    workers.execute(this::run);
  }

  @Override
  public CompletionStage<OfferResult> result() {
    return result.minimalCompletionStage();
  }

  @Override
  public void withdraw() {
    cut(End.WITHDRAWN, "Withdrawn");
  }

  /** Ends it because the adapter failed. */
  public void adapterFailed(String detail) {
    cut(End.ADAPTER_FAILED, detail);
  }

  private void deadlinePassed() {
    boolean linked;
    synchronized (lock) {
      linked = link != null;
    }
    if (linked) {
      cut(End.DEADLINE, "The deadline passed");
    } else {
      cut(End.NOT_REACHED, "No link was made within the deadline");
    }
  }

  private void run() {
    try {
      ObexLink opened = source.open();
      if (adopt(opened)) {
        push(opened);
      } else {
        closeQuietly(opened);
      }
    } catch (LinkFailure e) {
      settle(e.end(), e.detail());
    } catch (RuntimeException | Error e) {
      log.warn("An offer failed inside the radio", e);
      settle(End.ADAPTER_FAILED, "Inside the radio: " + e.getClass().getSimpleName());
    }
    tell();
  }

  private void push(ObexLink opened) {
    ObexPutClient put = new ObexPutClient(opened.in(), opened.out(), maxPacket);
    synchronized (lock) {
      client = put;
    }
    try {
      ObexPutClient.Answer answer = put.push(object, this::mayFinish);
      if (answer != null) {
        String detail = "The phone answered " + ObexCode.name(answer.response()) + " to ";
        if (settle(answer.accepted() ? End.ACCEPTED : End.REFUSED, detail + answer.stage())) {
          timer.schedule(() -> closeThenTell(opened), COURTESY.toMillis(), TimeUnit.MILLISECONDS);
          put.disconnect();
        }
      }
    } catch (IOException e) {
      if (!isSettled()) {
        settle(
            source.healthy() ? End.LINK_LOST : End.ADAPTER_FAILED,
            e instanceof ObexFormatException ? String.valueOf(e.getMessage()) : "The link broke");
      }
    } finally {
      closeQuietly(opened);
    }
  }

  private boolean adopt(ObexLink opened) {
    synchronized (lock) {
      if (settled != null) {
        return false;
      }
      link = opened;
      return true;
    }
  }

  private boolean mayFinish() {
    synchronized (lock) {
      if (settled != null) {
        return false;
      }
      finalPacketSent = true;
      return true;
    }
  }

  private boolean isSettled() {
    synchronized (lock) {
      return settled != null;
    }
  }

  /** Decides the end, unless it is decided already. */
  private boolean settle(End end, String detail) {
    synchronized (lock) {
      if (settled != null) {
        return false;
      }
      OptionalInt response = client == null ? OptionalInt.empty() : client.lastResponse();
      Duration took = Duration.ofNanos(System.nanoTime() - startedAt);
      settled = new OfferResult(end, finalPacketSent, response, took, detail);
      if (deadline != null) {
        deadline.cancel(false);
      }
      return true;
    }
  }

  /** Ends it from outside, on whatever thread. */
  private void cut(End end, String detail) {
    if (!settle(end, detail)) {
      return;
    }
    ObexLink open;
    synchronized (lock) {
      open = link;
    }
    if (open == null) {
      workers.execute(this::tell);
    } else {
      closeThenTell(open);
    }
  }

  private void closeThenTell(ObexLink open) {
    if (told.get()) {
      return;
    }
    timer.schedule(() -> workers.execute(this::tell), COURTESY.toMillis(), TimeUnit.MILLISECONDS);
    workers.execute(
        () -> {
          closeQuietly(open);
          tell();
        });
  }

  private void tell() {
    OfferResult end;
    synchronized (lock) {
      end = settled;
    }
    if (end != null && told.compareAndSet(false, true)) {
      atEnd.run();
      result.complete(end);
    }
  }

  private static void closeQuietly(ObexLink open) {
    try {
      open.close();
    } catch (IOException | RuntimeException e) {
      // Closing a link that broke says that it broke: known already, and told.
      log.debug("Closing a link: {}", e.getClass().getSimpleName());
    }
  }
}
