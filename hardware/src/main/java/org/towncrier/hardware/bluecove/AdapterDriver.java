package org.towncrier.hardware.bluecove;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.AdapterStatus;
import org.towncrier.hardware.AdapterStatus.Health;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.OfferResult.End;
import org.towncrier.hardware.PushObject;
import org.towncrier.hardware.Radio;
import org.towncrier.hardware.Radio.InquiryEnd;
import org.towncrier.hardware.Sighting;
import org.towncrier.hardware.obex.LinkFailure;
import org.towncrier.hardware.obex.LinkSource;
import org.towncrier.hardware.obex.ObexLink;
import org.towncrier.hardware.obex.ObexOffer;

/** One adapter through its life: opened, used, found broken, brought back, closed. */
final class AdapterDriver {
  private static final Duration SETTLE = Duration.ofSeconds(1);
  private static final Logger log = LoggerFactory.getLogger(AdapterDriver.class);

  private final AdapterSettings settings;
  private final BlueCoveStack stack;
  private final BlueCoveSettings.Timing timing;
  private final InstantSource clock;
  private final RadioThreads threads;
  private final Consumer<AdapterStatus> onChange;
  private final ChannelMemory channels;

  private final Object lock = new Object();
  private final Set<ObexOffer> offers = new HashSet<>();
  private Health health = Health.DOWN;
  private String detail = "Not opened yet";
  private int failures;
  private boolean everUp;
  private boolean closed;
  private @Nullable OpenAdapter open;
  private @Nullable ScheduledFuture<?> probing;
  private boolean looking;
  private @Nullable Inquiry look;

  AdapterDriver(
      AdapterSettings settings,
      BlueCoveStack stack,
      BlueCoveSettings.Timing timing,
      InstantSource clock,
      ChannelMemory channels,
      RadioThreads threads,
      Consumer<AdapterStatus> onChange) {
    this.settings = settings;
    this.stack = stack;
    this.timing = timing;
    this.clock = clock;
    this.channels = channels;
    this.threads = threads;
    this.onChange = onChange;
  }

  AdapterId id() {
    return settings.id();
  }

  AdapterStatus status() {
    synchronized (lock) {
      return new AdapterStatus(id(), health, detail, open == null ? 0 : open.activeLinks());
    }
  }

  /** Opens the adapter, or goes on trying. Blocks. */
  void open() {
    synchronized (lock) {
      if (closed || open != null) {
        return;
      }
    }
    try {
      Map<String, String> properties = new HashMap<>(stack.prepare(settings));
      properties.put("bluecove.connect.timeout", String.valueOf(timing.connect().toMillis()));
      BlueCoveDevice device = BlueCoveDevice.open(properties);
      OpenAdapter[] self = new OpenAdapter[1];
      OpenAdapter opened =
          new OpenAdapter(
              device, timing.connect(), () -> failed(self[0], "The adapter answers no more"));
      self[0] = opened;
      if (!adopt(opened)) {
        close(opened);
      }
    } catch (IOException e) {
      notOpened(BluetoothAddress.scrub(e.getMessage()));
    }
  }

  CompletionStage<InquiryEnd> inquire(Duration length, Consumer<Sighting> onSighting) {
    CompletableFuture<InquiryEnd> end = new CompletableFuture<>();
    OpenAdapter with;
    Inquiry inquiry;
    synchronized (lock) {
      with = open;
      if (with == null) {
        return CompletableFuture.completedFuture(InquiryEnd.FAILED);
      }
      if (looking) {
        return CompletableFuture.completedFuture(InquiryEnd.BUSY);
      }
      looking = true;
      inquiry = new Inquiry(with.device(), id(), stack.inquiryCarriesNames(), clock, onSighting);
      look = inquiry;
    }
    threads.workers().execute(() -> end.complete(look(with, inquiry, length)));
    return end;
  }

  ObexOffer offer(BluetoothAddress phone, PushObject object, Duration deadline, Runnable atEnd) {
    ObexOffer[] self = new ObexOffer[1];
    Runnable ended =
        () -> {
          synchronized (lock) {
            offers.remove(self[0]);
          }
          atEnd.run();
        };
    ObexOffer offer;
    synchronized (lock) {
      if (offers.size() >= Radio.MAX_LINKS) {
        throw new IllegalStateException(id() + " already has " + Radio.MAX_LINKS + " offers");
      }
      LinkSource source =
          open == null ? new NoAdapter(detail) : new RfcommSource(open, phone, channels);
      offer =
          new ObexOffer(
              source, object, timing.maxPacket(), threads.workers(), threads.timer(), ended);
      self[0] = offer;
      offers.add(offer);
    }
    offer.start(deadline);
    return offer;
  }

  void withdrawAll() {
    List<ObexOffer> all;
    synchronized (lock) {
      all = List.copyOf(offers);
    }
    all.forEach(ObexOffer::withdraw);
  }

  /** Closes the adapter. May block, no longer than its stack does. */
  void close() {
    OpenAdapter was;
    Inquiry looked;
    synchronized (lock) {
      closed = true;
      was = open;
      open = null;
      looked = look;
      stopProbing();
    }
    if (looked != null) {
      looked.stop();
    }
    if (was != null) {
      close(was);
    }
    become(Health.DOWN, "Closed");
  }

  private InquiryEnd look(OpenAdapter with, Inquiry inquiry, Duration length) {
    InquiryEnd end = InquiryEnd.FAILED;
    try {
      inquiry.run(length);
      end = InquiryEnd.COMPLETED;
    } catch (IOException e) {
      failed(with, "Could not look for phones: " + BluetoothAddress.scrub(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      synchronized (lock) {
        looking = false; // whatever happened: an adapter must not be busy for ever
        look = null;
      }
    }
    synchronized (lock) {
      return closed ? InquiryEnd.FAILED : end;
    }
  }

  private boolean adopt(OpenAdapter opened) {
    synchronized (lock) {
      if (closed) {
        return false;
      }
      open = opened;
      everUp = true;
      failures = 0;
      probing = threads.every(timing.probe(), () -> probe(opened));
    }
    become(Health.UP, "");
    return true;
  }

  private void probe(OpenAdapter which) {
    which.probe();
    channels.forgetOld();
    try {
      stack.uphold(settings);
    } catch (IOException e) {
      failed(which, BluetoothAddress.scrub(e.getMessage()));
    }
  }

  private void failed(OpenAdapter which, String why) {
    List<ObexOffer> cut;
    synchronized (lock) {
      if (open != which || closed) {
        return;
      }
      open = null;
      stopProbing();
      cut = List.copyOf(offers);
    }
    log.warn("Adapter {} failed: {}", id(), why);
    become(Health.RECOVERING, why);
    cut.forEach(offer -> offer.adapterFailed(why));
    threads.run(
        () -> {
          close(which);
          threads.after(timing.retryAfter(0), this::open);
        });
  }

  private void notOpened(String why) {
    int tried;
    Health now;
    synchronized (lock) {
      if (closed) {
        return;
      }
      tried = failures++;
      now = everUp && failures < timing.giveUpAfter() ? Health.RECOVERING : Health.DOWN;
    }
    log.warn("Adapter {} can't be opened: {}", id(), why);
    become(now, why);
    threads.after(timing.retryAfter(tried), this::open);
  }

  private void become(Health now, String why) {
    boolean changed;
    synchronized (lock) {
      changed = health != now || !detail.equals(why);
      health = now;
      detail = why;
    }
    if (changed) {
      AdapterStatus status = status();
      threads.report(() -> onChange.accept(status));
    }
  }

  private void stopProbing() {
    if (probing != null) {
      probing.cancel(false);
      probing = null;
    }
  }

  private void close(OpenAdapter which) {
    try {
      which.search().settle(SETTLE);
      which.device().close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      log.warn("Adapter {} did not close well: {}", id(), BluetoothAddress.scrub(e.getMessage()));
    }
  }

  /** Where an offer gets its link from while the adapter is down. */
  private record NoAdapter(String why) implements LinkSource {
    @Override
    public ObexLink open() throws LinkFailure {
      throw new LinkFailure(End.ADAPTER_FAILED, why);
    }

    @Override
    public boolean healthy() {
      return false;
    }
  }
}
