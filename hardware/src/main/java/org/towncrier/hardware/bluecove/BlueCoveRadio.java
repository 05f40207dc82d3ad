package org.towncrier.hardware.bluecove;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.AdapterStatus;
import org.towncrier.hardware.AdapterStatus.Health;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.Offer;
import org.towncrier.hardware.PushObject;
import org.towncrier.hardware.Radio;
import org.towncrier.hardware.Sighting;
import org.towncrier.hardware.obex.ObexOffer;

/**
 * The radio on BlueCove: each adapter a BlueCove stack of its own, phones found by inquiry, asked
 * for Object Push over SDP and pushed to over RFCOMM by our own OBEX.
 */
public final class BlueCoveRadio implements Radio {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
  private static final Logger log = LoggerFactory.getLogger(BlueCoveRadio.class);

  private final BlueCoveSettings settings;
  private final InstantSource clock;
  private final ChannelMemory channels;
  private final Map<BluetoothAddress, CompletableFuture<?>> underWay = new ConcurrentHashMap<>();
  private final Map<AdapterId, AdapterDriver> drivers = new LinkedHashMap<>();
  private @Nullable RadioThreads threads;
  private boolean closed;

  /**
   * @param clock says when phones were seen
   */
  public BlueCoveRadio(BlueCoveSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.channels = new ChannelMemory(clock);
  }

  @Override
  public synchronized void start(Consumer<AdapterStatus> onAdapterChange) {
    if (threads != null || closed) {
      throw new IllegalStateException("A radio is started once");
    }
    RadioThreads started = new RadioThreads();
    threads = started;
    for (AdapterSettings adapter : settings.adapters()) {
      AdapterDriver driver =
          new AdapterDriver(
              adapter,
              settings.stack(),
              settings.timing(),
              clock,
              channels,
              started,
              onAdapterChange);
      drivers.put(adapter.id(), driver);
      started.workers().execute(driver::open);
    }
  }

  @Override
  public synchronized List<AdapterStatus> adapters() {
    if (drivers.isEmpty()) {
      return settings.adapters().stream()
          .map(a -> new AdapterStatus(a.id(), Health.DOWN, "Not started", 0))
          .toList();
    }
    return drivers.values().stream().map(AdapterDriver::status).toList();
  }

  @Override
  public CompletionStage<InquiryEnd> inquire(
      AdapterId adapter, Duration length, Consumer<Sighting> onSighting) {
    synchronized (this) {
      if (closed) {
        return CompletableFuture.completedFuture(InquiryEnd.FAILED);
      }
      return driver(adapter).inquire(length, onSighting);
    }
  }

  @Override
  public Offer offer(
      AdapterId adapter, BluetoothAddress phone, PushObject object, Duration deadline) {
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("The radio is closed");
      }
      AdapterDriver driver = driver(adapter);
      CompletableFuture<Void> ended = new CompletableFuture<>();
      if (underWay.putIfAbsent(phone, ended) != null) {
        throw new IllegalStateException("An offer to this phone is under way");
      }
      boolean begun = false;
      try {
        ObexOffer offer =
            driver.offer(
                phone,
                object,
                deadline,
                () -> {
                  underWay.remove(phone);
                  ended.complete(null);
                });
        begun = true;
        return offer;
      } finally {
        if (!begun) {
          underWay.remove(phone);
        }
      }
    }
  }

  @Override
  public void close() {
    RadioThreads running;
    CompletableFuture<?>[] offers;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      running = threads;
      drivers.values().forEach(AdapterDriver::withdrawAll);
      offers = underWay.values().toArray(CompletableFuture[]::new);
    }
    if (running == null) {
      return;
    }
    // Offers first, while there are threads to tell their ends on; then the adapters, side by side.
    await(Arrays.asList(offers));
    await(
        drivers.values().stream()
            .map(driver -> CompletableFuture.runAsync(driver::close, running.workers()))
            .toList());
    running.close(CLOSE_LIMIT);
  }

  private AdapterDriver driver(AdapterId adapter) {
    AdapterDriver driver = drivers.get(adapter);
    if (driver == null) {
      throw new IllegalArgumentException(
          threads == null ? "The radio is not started" : "No such adapter: " + adapter);
    }
    return driver;
  }

  private static void await(List<? extends CompletableFuture<?>> all) {
    try {
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
          .get(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      log.warn("A Bluetooth stack did not close within {}", CLOSE_LIMIT);
    } catch (ExecutionException e) {
      log.warn("An adapter did not close well", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
