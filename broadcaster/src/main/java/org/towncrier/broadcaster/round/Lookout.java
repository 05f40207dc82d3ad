package org.towncrier.broadcaster.round;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.towncrier.broadcaster.delivery.DeliveryLog;
import org.towncrier.broadcaster.loop.EventLoop;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.AdapterStatus;
import org.towncrier.hardware.Radio;
import org.towncrier.hardware.Radio.InquiryEnd;
import org.towncrier.hardware.Sighting;

/**
 * Plans when each adapter looks for phones; the rest of its time it only offers.
 *
 * <p>One adapter looks at a time, since two that look at once find phones later, and it is the one
 * with the fewest links, since a look slows down the links of its adapter: so with several
 * adapters, while one looks the others offer, and the roles change by themselves. Each rests
 * between two looks of its own. An adapter that fails leaves its turn to the others. Looks go on
 * while every link is taken: who came last is offered first, so it has to be known who that is.
 *
 * <p>While a phone is looked out for that somebody holds next to the node, every adapter looks:
 * each has to hear it again and again to be sure. They begin one after the other.
 */
final class Lookout {
  private static final Logger log = LoggerFactory.getLogger(Lookout.class);

  /** After a look that could not be: the radio is bringing its adapter back meanwhile. */
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

  private final EventLoop loop;
  private final Radio radio;
  private final RoundSettings settings;
  private final DeliveryLog deliveries;
  private final BooleanSupplier wanted;
  private final BooleanSupplier withAll;
  private final ToLongFunction<AdapterId> links;
  private final Consumer<Sighting> onSighting;
  private final Map<String, Watch> watches = new TreeMap<>();
  private long looks;

  private static final class Watch {
    final AdapterId adapter;
    boolean up;
    boolean looking;

    /** Not to look again yet; the turn is still its own. */
    boolean resting;

    /** Not to look again yet, and to leave its turn to the others. */
    boolean failedLately;

    /** The number of its last look. */
    long lastLook;

    Watch(AdapterId adapter) {
      this.adapter = adapter;
    }
  }

  /**
   * Nothing to look with yet.
   *
   * @param wanted whether to look at all
   * @param withAll whether every adapter is to look, in place of one at a time
   * @param links how many offers an adapter has under way
   * @param onSighting told of each phone heard while looking is wanted
   */
  Lookout(
      EventLoop loop,
      Radio radio,
      RoundSettings settings,
      DeliveryLog deliveries,
      BooleanSupplier wanted,
      BooleanSupplier withAll,
      ToLongFunction<AdapterId> links,
      Consumer<Sighting> onSighting) {
    this.loop = loop;
    this.radio = radio;
    this.settings = settings;
    this.deliveries = deliveries;
    this.wanted = wanted;
    this.withAll = withAll;
    this.links = links;
    this.onSighting = onSighting;
  }

  void adapterChanged(AdapterStatus status) {
    Watch watch =
        watches.computeIfAbsent(status.adapter().value(), name -> new Watch(status.adapter()));
    watch.up = status.health() == AdapterStatus.Health.UP;
  }

  List<AdapterId> up() {
    return watches.values().stream().filter(watch -> watch.up).map(watch -> watch.adapter).toList();
  }

  /** Whether the adapter looks at this moment. */
  boolean isLooking(AdapterId adapter) {
    Watch watch = watches.get(adapter.value());
    return watch != null && watch.looking;
  }

  /** Begins to look with the adapter whose turn it is, if there is one. */
  void resume() {
    boolean taken = !withAll.getAsBoolean() && up().stream().anyMatch(this::isLooking);
    if (taken || !wanted.getAsBoolean()) {
      return;
    }
    watches.values().stream()
        .filter(watch -> watch.up && !watch.looking && !watch.failedLately)
        .min(
            Comparator.comparingLong((Watch watch) -> links.applyAsLong(watch.adapter))
                .thenComparingLong(watch -> watch.lastLook))
        .filter(watch -> !watch.resting)
        .ifPresent(this::look);
  }

  private void look(Watch watch) {
    Instant from = loop.now();
    watch.looking = true;
    watch.lastLook = ++looks;
    radio
        .inquire(watch.adapter, settings.look(), sighting -> loop.execute(() -> heard(sighting)))
        .whenComplete((end, failure) -> loop.execute(() -> looked(watch, from, end, failure)));
  }

  private void heard(Sighting sighting) {
    // A look cannot be cut short; what it still finds once looking is over is nobody's business.
    if (wanted.getAsBoolean()) {
      onSighting.accept(sighting);
    }
  }

  private void looked(
      Watch watch, Instant from, @Nullable InquiryEnd end, @Nullable Throwable failure) {
    watch.looking = false;
    if (failure != null) {
      log.error("The radio broke its promise that a look never fails", failure);
    }
    if (end == InquiryEnd.COMPLETED && wanted.getAsBoolean()) {
      Duration took = Duration.between(from, loop.now());
      // Never more than was asked for: the clock may have been set meanwhile.
      deliveries.looked(
          watch.adapter, from, took.compareTo(settings.look()) > 0 ? settings.look() : took);
    }
    if (end == InquiryEnd.COMPLETED) {
      watch.resting = true;
    } else {
      watch.failedLately = true;
    }
    long last = watch.lastLook;
    loop.after(
        end == InquiryEnd.COMPLETED ? settings.pause() : settings.pause().plus(AFTER_FAILURE),
        () -> {
          if (watch.lastLook == last) {
            watch.resting = false;
            watch.failedLately = false;
            resume();
          }
        });
    resume();
  }
}
