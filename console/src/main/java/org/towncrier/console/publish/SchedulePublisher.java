package org.towncrier.console.publish;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.towncrier.console.Serving;
import org.towncrier.console.publish.ScheduleBook.Place;
import org.towncrier.console.publish.ScheduleBook.Sealed;

/**
 * Brings every node what it should do: at once when that changes, again when the node shows that it
 * did not get it, and renewed before it runs out. All of it on one thread.
 */
@Component
@Serving
public class SchedulePublisher implements SmartLifecycle {
  /** Also how soon a node that add-node added beside this process is noticed. */
  private static final Duration TICK = Duration.ofSeconds(2);

  /** A node has this long to apply what was published before it is published again. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** One that cannot be renewed is tried no oftener. */
  private static final Duration RENEWALS = Duration.ofMinutes(1);

  /** Until a node that refused a revision is given the same one again. */
  private static final Duration AFTER_REFUSAL = Duration.ofMinutes(10);

  private static final Logger log = LoggerFactory.getLogger(SchedulePublisher.class);

  private final ScheduleBook book;
  private final ConsoleLink link;
  private final InstantSource clock;
  private final Map<Place, Long> underWay = new HashMap<>();
  private Set<Place> known = Set.of();
  private Instant renewed = Instant.EPOCH;
  private @Nullable ScheduledThreadPoolExecutor thread;

  SchedulePublisher(ScheduleBook book, ConsoleLink link, InstantSource clock) {
    this.book = book;
    this.link = link;
    this.clock = clock;
  }

  @Override
  public void start() {
    ScheduledThreadPoolExecutor fresh =
        new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "to-nodes"));
    thread = fresh;
    fresh.scheduleWithFixedDelay(guarded(this::tick), 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() {
    ScheduledThreadPoolExecutor last = thread;
    thread = null;
    if (last != null) {
      // The change under way is finished; what was not sent is sent at the next start.
      last.shutdownNow();
      try {
        if (!last.awaitTermination(10, TimeUnit.SECONDS)) {
          log.warn("A schedule is still being written");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  /** Stops before the line is closed, and starts after it is opened. */
  @Override
  public int getPhase() {
    return ConsoleLink.PHASE + 1;
  }

  /** What a person changed goes out within milliseconds. */
  @EventListener
  public void changed(ScheduleChanged change) {
    execute(
        () ->
            book.places().stream()
                .filter(place -> change.sites().contains(place.site()))
                .forEach(place -> bring(place, 0)));
  }

  /** A broker may have come back without what it kept: everybody gets everything. */
  @EventListener
  public void lineOpened(LineOpened opened) {
    execute(
        () -> {
          underWay.clear();
          book.places().forEach(place -> book.ready(place).ifPresent(this::send));
        });
  }

  /** Compares what the node applies with what it should. */
  @EventListener
  public void nodeReported(NodeReported reported) {
    Long applied = reported.revision();
    if (applied != null) {
      execute(
          () -> compare(new Place(reported.site(), reported.node()), applied, reported.refused()));
    }
  }

  /** A node has left: a broker must not keep its last schedule for whoever comes by that name. */
  @EventListener
  public void nodeLeft(NodeLeft left) {
    execute(
        () -> {
          Place place = new Place(left.site(), left.node());
          underWay.remove(place);
          link.publish(place.topic(), new byte[0], true)
              .exceptionally(
                  failure -> {
                    log.debug("The last schedule of {} stays at the broker", place, failure);
                    return null;
                  });
        });
  }

  private void compare(Place place, long applied, @Nullable Long refused) {
    Optional<Sealed> should = book.ready(place);
    if (should.isEmpty() || applied > should.get().revision()) {
      bring(place, applied);
    } else if (applied < should.get().revision()
        && !clock.instant().isBefore(should.get().validUntil())) {
      // A node that is being taken out and was away: what it should have heard has run out.
      bring(place, 0);
    } else if (applied < should.get().revision()) {
      Instant published = should.get().publishedAt();
      Duration patience =
          refused != null && refused == should.get().revision() ? AFTER_REFUSAL : PATIENCE;
      if (published == null || !clock.instant().isBefore(published.plus(patience))) {
        send(should.get());
      }
    }
  }

  private void tick() {
    List<Place> places = book.places();
    Instant now = clock.instant();
    boolean renewals = book.anyDue(now) && !now.isBefore(renewed.plus(RENEWALS));
    if (renewals || !known.equals(new HashSet<>(places))) {
      // A site's nodes are named in the schedule of each: one more changes them all.
      renewed = now;
      known = new HashSet<>(places);
      places.forEach(place -> bring(place, 0));
    }
    if (link.connected()) {
      for (Place place : book.unpublished()) {
        book.ready(place)
            .filter(ready -> !Long.valueOf(ready.revision()).equals(underWay.get(place)))
            .ifPresent(this::send);
      }
    }
  }

  private void bring(Place place, long reported) {
    try {
      if (book.rewrite(place, clock.instant(), reported)) {
        book.ready(place).ifPresent(this::send);
      }
    } catch (RuntimeException failed) {
      // One node's trouble keeps no other from its schedule; the next tick tries again.
      known = Set.of();
      log.error(
          "The schedule of {}/{} could not be written: {}",
          place.site(),
          place.node(),
          failed.getMessage(),
          failed);
    }
  }

  private void send(Sealed ready) {
    Place place = ready.place();
    underWay.put(place, ready.revision());
    link.publish(place.topic(), ready.envelope(), true)
        .whenComplete(
            (done, failure) ->
                execute(
                    () -> {
                      underWay.remove(place, ready.revision());
                      if (failure == null) {
                        book.published(place, ready.revision(), clock.instant());
                      } else {
                        log.debug("{} is to be sent again", place.topic(), failure);
                      }
                    }));
  }

  private void execute(Runnable work) {
    ScheduledThreadPoolExecutor current = thread;
    if (current != null) {
      try {
        current.execute(guarded(work));
      } catch (RejectedExecutionException stopping) {
        log.debug("Stopping: what was to be sent goes out at the next start");
      }
    }
  }

  private static Runnable guarded(Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (RuntimeException failed) {
        log.error("Bringing schedules to nodes failed; it is tried again", failed);
      }
    };
  }
}
