package org.towncrier.console.live;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One open page. What it has not been sent yet is one map of newest counts, however slow it is: a
 * page that lags skips what is out of date and costs no memory.
 */
final class LiveClient {
  private static final Logger LOG = LoggerFactory.getLogger(LiveClient.class);

  private final SseEmitter emitter;
  private final String session;
  private final AtomicBoolean sending = new AtomicBoolean();
  private final AtomicReference<@Nullable Map<String, Long>> pending = new AtomicReference<>();

  LiveClient(SseEmitter emitter, String session) {
    this.emitter = emitter;
    this.session = session;
  }

  boolean belongsTo(String sessionId) {
    return session.equals(sessionId);
  }

  /** Leaves counts to be sent; the newest win. An empty map is a sign of life. */
  void leave(Map<String, Long> counts) {
    pending.accumulateAndGet(
        counts,
        (before, newer) -> {
          if (before == null || before.isEmpty()) {
            return newer;
          }
          Map<String, Long> both = new java.util.TreeMap<>(before);
          both.putAll(newer == null ? Map.of() : newer);
          return both;
        });
  }

  /** Whether a thread should send now; one at a time. */
  boolean claim() {
    return pending.get() != null && sending.compareAndSet(false, true);
  }

  /**
   * Sends what waits.
   *
   * @return whether the page is still there; the container's own notice of one that is not may come
   *     late, or not at all
   */
  boolean send() {
    try {
      Map<String, Long> counts = pending.getAndSet(null);
      if (counts == null) {
        return true;
      }
      emitter.send(
          counts.isEmpty()
              ? SseEmitter.event().comment("still here")
              : SseEmitter.event().name("counts").data(counts, MediaType.APPLICATION_JSON));
      return true;
    } catch (IOException | RuntimeException gone) {
      LOG.debug("a page went away: {}", gone.toString());
      end(gone);
      return false;
    } finally {
      sending.set(false);
    }
  }

  void close() {
    emitter.complete();
  }

  private void end(Exception why) {
    try {
      emitter.completeWithError(why);
    } catch (IllegalStateException over) {
      LOG.debug("the container ended it first: {}", over.toString());
    }
  }
}
