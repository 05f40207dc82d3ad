package org.towncrier.console.live;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells every open page of counts that changed. One query a second for all of them, none while no
 * page is open; a few threads to send with, so that a page on a dead link holds nobody up.
 */
final class LiveCounts implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(LiveCounts.class);

  /** Pages open at once; a team has tens. */
  static final int MOST_CLIENTS = 200;

  private static final int SENDERS = 4;
  private static final int LOOKS_PER_HEARTBEAT = 15;

  /** A page asks again by itself then, which also finds out that its person may read no more. */
  static final Duration LONGEST = Duration.ofMinutes(5);

  private final Supplier<Map<String, Long>> counts;
  private final Duration every;
  private final List<LiveClient> clients = new CopyOnWriteArrayList<>();
  private Map<String, Long> last = Map.of();
  private int quietLooks;
  private @Nullable ScheduledExecutorService looking;
  private @Nullable ExecutorService sending;

  LiveCounts(Supplier<Map<String, Long>> counts, Duration every) {
    this.counts = counts;
    this.every = every;
  }

  /** A stream for one page, or nothing when too many are open. */
  Optional<SseEmitter> open(String session) {
    SseEmitter emitter = new SseEmitter(LONGEST.toMillis());
    LiveClient client = new LiveClient(emitter, session);
    synchronized (this) {
      if (!isRunning() || clients.size() >= MOST_CLIENTS) {
        return Optional.empty();
      }
      // Everything first, changes later: the page may be older than the last look.
      Map<String, Long> now = counts.get();
      if (clients.isEmpty()) {
        last = now;
      }
      client.leave(now);
      clients.add(client);
      if (client.claim()) {
        send(client); // Kept by the emitter until the answer begins: does not wait for the page.
      }
    }
    emitter.onCompletion(() -> clients.remove(client));
    emitter.onTimeout(emitter::complete);
    emitter.onError(error -> clients.remove(client));
    return Optional.of(emitter);
  }

  /** Ends the streams of a session that is over. */
  void close(String session) {
    clients.stream().filter(client -> client.belongsTo(session)).forEach(LiveClient::close);
  }

  int clients() {
    return clients.size();
  }

  private void send(LiveClient client) {
    if (!client.send()) {
      clients.remove(client);
    }
  }

  private synchronized void look() {
    if (clients.isEmpty() || sending == null) {
      return;
    }
    try {
      Map<String, Long> now = counts.get();
      Map<String, Long> changed = new HashMap<>(now);
      changed.entrySet().removeAll(last.entrySet());
      last = now;
      boolean heartbeat = changed.isEmpty() && ++quietLooks >= LOOKS_PER_HEARTBEAT;
      if (!changed.isEmpty() || heartbeat) {
        quietLooks = 0;
        clients.forEach(client -> client.leave(changed));
      }
      for (LiveClient client : clients) {
        if (client.claim()) {
          sending.execute(() -> send(client));
        }
      }
    } catch (RuntimeException e) {
      // Pages keep the counts they have, and a refresh says what is wrong; the next look may do.
      LOG.warn("live counts could not be read", e);
    }
  }

  @Override
  public synchronized void start() {
    looking = Executors.newSingleThreadScheduledExecutor(named("live-counts"));
    sending = Executors.newFixedThreadPool(SENDERS, named("live-send"));
    var unused =
        looking.scheduleWithFixedDelay(
            this::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public synchronized void stop() {
    clients.forEach(LiveClient::close);
    if (looking != null && sending != null) {
      looking.shutdownNow();
      sending.shutdownNow();
      looking = null;
      sending = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return looking != null;
  }

  /** First to stop: the web server waits for streams that are open. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }

  private static java.util.concurrent.ThreadFactory named(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
