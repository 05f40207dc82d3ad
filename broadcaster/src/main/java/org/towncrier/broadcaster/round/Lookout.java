package org.towncrier.broadcaster.round;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
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
 * Looks for phones: each adapter that is up looks, pauses and looks again, while looking is wanted.
 * The adapters begin apart, since two that look at the same time find phones later.
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
  private final Consumer<Sighting> onSighting;
  private final Map<String, Watch> watches = new TreeMap<>();

  private static final class Watch {
    final AdapterId adapter;
    boolean up;
    boolean looking;

    /** A look is under way, or one will begin by itself. */
    boolean busy;

    Watch(AdapterId adapter) {
      this.adapter = adapter;
    }
  }

  Lookout(
      EventLoop loop,
      Radio radio,
      RoundSettings settings,
      DeliveryLog deliveries,
      BooleanSupplier wanted,
      Consumer<Sighting> onSighting) {
    this.loop = loop;
    this.radio = radio;
    this.settings = settings;
    this.deliveries = deliveries;
    this.wanted = wanted;
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

  /** Begins to look with every adapter that should and does not. */
  void resume() {
    if (!wanted.getAsBoolean()) {
      return;
    }
    Duration turn = settings.look().plus(settings.pause());
    int place = 0;
    for (Watch watch : watches.values()) {
      if (watch.up && !watch.busy) {
        watch.busy = true;
        Duration stagger = turn.multipliedBy(place).dividedBy(watches.size());
        if (stagger.isZero()) {
          look(watch);
        } else {
          loop.after(stagger, () -> look(watch));
        }
      }
      place++;
    }
  }

  private void look(Watch watch) {
    if (!watch.up || !wanted.getAsBoolean()) {
      watch.busy = false;
      return;
    }
    Instant from = loop.now();
    watch.looking = true;
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
    Duration extra = end == InquiryEnd.COMPLETED ? Duration.ZERO : AFTER_FAILURE;
    loop.after(settings.pause().plus(extra), () -> look(watch));
  }
}
