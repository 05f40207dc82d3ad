package org.towncrier.protocol.mqtt;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.towncrier.protocol.Limits;
import org.towncrier.protocol.Topic;
import org.towncrier.protocol.TopicName;

/**
 * A connection to a broker that is kept up for ever: lost, refused or silent, it is tried again,
 * and {@link #trouble()} says why it is not there.
 *
 * <p>It keeps nothing. A publication either is acknowledged by the broker or fails, and a PUBACK is
 * not delivery: who must not lose anything keeps it until the other side says it has it.
 *
 * <p>Every connection is a clean session. All state lives on one thread, named for the client.
 */
public final class MqttLink implements AutoCloseable {
  /**
   * What the broker says when this connection is lost.
   *
   * @param topic where
   * @param payload what
   * @param retained whether the broker keeps it
   */
  public record Will(Topic topic, byte[] payload, boolean retained) {}

  /**
   * What happens on the link. What these methods throw is logged and changes nothing. They must not
   * block for long, nor call {@link MqttLink#close()}.
   */
  public interface Listener {
    /** All subscriptions stand: publications are taken from now on. */
    void connected();

    /** A connection that stood is gone; another is being tried for. */
    void disconnected(String why);

    /**
     * Something was published; it may come before {@link #connected()} and on another thread than
     * the other methods, one at a time.
     */
    void message(String topicName, byte[] payload);
  }

  private static final Logger log = LoggerFactory.getLogger(MqttLink.class);

  /** A connection that lived this long starts the waits anew; one that flaps does not. */
  private static final Duration LIVED = Duration.ofSeconds(2);

  private static final Duration CLOSE_AT_MOST = Duration.ofSeconds(5);

  private final MqttSettings settings;
  private final List<String> subscriptions;
  private final Supplier<@Nullable Will> will;
  private final Listener listener;
  private final ScheduledThreadPoolExecutor thread;
  private final Executor soon = this::post;
  private final Events events = new Events();
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean connected;
  private volatile @Nullable String trouble = "not started";

  // From here on only the link's thread.
  private final Outgoing outgoing = new Outgoing();
  private final RetryDelay delay;
  private @Nullable Connection connection;
  private long connectedSinceNanos;
  private boolean ended;
  private @Nullable Future<?> timer;
  private @Nullable String logged;

  /**
   * Opens nothing yet.
   *
   * @param subscriptions topic filters, QoS 1
   * @param will asked anew for each connection; null for none
   */
  public MqttLink(
      MqttSettings settings,
      List<String> subscriptions,
      Supplier<@Nullable Will> will,
      Listener listener) {
    this.settings = settings;
    this.subscriptions = List.copyOf(subscriptions);
    this.will = will;
    this.listener = listener;
    this.delay =
        new RetryDelay(settings.timing().retryFirst(), settings.timing().retryMost(), new Random());
    this.thread =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread made = new Thread(task, "mqtt-link " + settings.clientId());
              made.setDaemon(true);
              return made;
            });
    thread.setRemoveOnCancelPolicy(true);
  }

  /** Returns at once and tries for ever; trouble with the network never reaches the caller. */
  public void start() {
    if (!closed.get() && started.compareAndSet(false, true)) {
      trouble = "connecting to " + settings.place();
      post(this::connect);
    }
  }

  /** Whether publications are taken. */
  public boolean connected() {
    return connected;
  }

  /** Why it is not connected, in words for people; empty when it is. */
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /**
   * Publishes at QoS 1. At most {@value Outgoing#IN_FLIGHT} are under way at a time; up to {@value
   * Outgoing#WAITING} more wait their turn, and what is beyond that fails at once.
   *
   * @return done on the broker's PUBACK, on the link's thread; fails with an {@link IOException} at
   *     once when there is no connection, or when it is lost before the PUBACK; with an {@link
   *     IllegalArgumentException} if the payload is over {@link Limits#PAYLOAD_BYTES}
   */
  public CompletableFuture<Void> publish(TopicName topic, byte[] payload, boolean retained) {
    if (payload.length > Limits.PAYLOAD_BYTES) {
      return CompletableFuture.failedFuture(
          new IllegalArgumentException(
              "%s has %d bytes, over the limit of %d"
                  .formatted(topic, payload.length, Limits.PAYLOAD_BYTES)));
    }
    Publication publication = new Publication(topic.name(), payload, retained);
    if (!connected) {
      publication.fail(whyNot());
    } else {
      try {
        thread.execute(() -> send(publication));
      } catch (RejectedExecutionException closing) {
        publication.fail("the link is closed");
      }
    }
    return publication.done;
  }

  /** Says goodbye to the broker and lets every thread go, within seconds. Can be called twice. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      thread.submit(this::end).get(CLOSE_AT_MOST.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      log.warn("The connection to {} did not close in {}", settings.place(), CLOSE_AT_MOST);
    } catch (ExecutionException e) {
      log.warn("The connection to {} did not close well", settings.place(), e.getCause());
    } finally {
      thread.shutdown();
    }
  }

  private void connect() {
    if (ended) {
      return;
    }
    Connection fresh = new Connection(settings, subscriptions, events, soon);
    connection = fresh;
    Duration limit = settings.timing().connect();
    timer =
        thread.schedule(
            () ->
                events.down(
                    fresh,
                    "%s did not answer within %d ms".formatted(settings.place(), limit.toMillis())),
            limit.toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      fresh.open(will.get());
    } catch (IOException unusable) {
      events.down(fresh, String.valueOf(unusable.getMessage()));
    } catch (MqttException | GeneralSecurityException | RuntimeException e) {
      log.debug("Connecting to {}", settings.place(), e);
      events.down(fresh, Reasons.of(e, settings));
    }
  }

  private void send(Publication publication) {
    if (connection == null || !connected) {
      publication.fail(whyNot());
    } else {
      outgoing.offer(publication, connection);
    }
  }

  /** Drops a connection whose broker owes us an answer: TCP alone may take many minutes. */
  private void watch() {
    Duration limit = settings.timing().ack();
    if (connection != null && outgoing.oldestWaitNanos(System.nanoTime()) > limit.toNanos()) {
      events.down(
          connection,
          "%s acknowledged nothing for %d ms".formatted(settings.place(), limit.toMillis()));
    }
  }

  private void end() {
    ended = true;
    boolean was = connected;
    connected = false;
    trouble = "closed";
    cancelTimer();
    Connection last = connection;
    connection = null;
    if (last != null && was) {
      last.leave();
    } else if (last != null) {
      last.drop();
    }
    outgoing.failAll("the link is closed");
  }

  private String whyNot() {
    String why = trouble;
    return why == null ? "not connected" : why;
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void post(Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException closing) {
      log.trace("The link is closed");
    }
  }

  private void tell(String what, Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | Error e) {
      log.error("A listener of {} failed on {}; the connection stays", settings.place(), what, e);
    }
  }

  private final class Events implements Connection.Events {
    @Override
    public void up(Connection from) {
      if (from != connection) {
        return;
      }
      cancelTimer();
      connectedSinceNanos = System.nanoTime();
      connected = true;
      trouble = null;
      logged = null;
      log.info("Connected to {} as {}", settings.place(), settings.clientId());
      long often = Math.max(1, settings.timing().ack().toMillis() / 4);
      timer =
          thread.scheduleWithFixedDelay(MqttLink.this::watch, often, often, TimeUnit.MILLISECONDS);
      tell("connected", listener::connected);
    }

    @Override
    public void down(Connection from, String why) {
      if (from != connection) {
        return;
      }
      cancelTimer();
      boolean was = connected;
      connected = false;
      trouble = why;
      connection = null;
      if (was && System.nanoTime() - connectedSinceNanos > LIVED.toNanos()) {
        delay.reset();
      }
      from.drop();
      outgoing.failAll(why);
      if (!why.equals(logged)) {
        logged = why;
        log.warn("No connection as {}: {}; trying again", settings.clientId(), why);
      }
      timer = thread.schedule(MqttLink.this::connect, delay.nextMillis(), TimeUnit.MILLISECONDS);
      if (was) {
        tell("disconnected", () -> listener.disconnected(why));
      }
    }

    @Override
    public void acknowledged(Connection from, Publication publication) {
      if (from == connection) {
        outgoing.acknowledged(publication, from);
      }
    }

    @Override
    public void refused(Connection from, Publication publication, String why) {
      if (from == connection) {
        outgoing.refused(publication, why, from);
      }
    }

    @Override
    public void message(String topic, byte[] payload) {
      tell("a message on " + topic, () -> listener.message(topic, payload));
    }
  }
}
