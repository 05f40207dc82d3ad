package org.towncrier.hardware.emulator;

import com.intel.bluetooth.BluetoothConnectionAccess;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.bluetooth.DiscoveryAgent;
import javax.bluetooth.LocalDevice;
import javax.microedition.io.StreamConnection;
import javax.microedition.io.StreamConnectionNotifier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.bluecove.BlueCoveDevice;

/**
 * A phone in the emulated air: visible while it is there, with an OBEX server of its own. It keeps
 * receipts, the independent witness of what a radio claims to have delivered. Two threads while it
 * is there, one more while it is being served.
 */
public final class EmulatedPhone implements AutoCloseable {
  private static final int PATIENCE = 5;
  private static final Duration HANGING_UP = Duration.ofMillis(200);
  private static final PhoneBehaviour BUSY = new PhoneBehaviour.Busy();
  private static final long SMALL_STACK = 256 * 1024;
  private static final Logger log = LoggerFactory.getLogger(EmulatedPhone.class);

  private final EmulatedAir air;
  private final PhoneSettings settings;
  private final PhoneWitness witness;
  private final InstantSource clock;
  private final List<Receipt> receipts = new CopyOnWriteArrayList<>();
  private final List<Prompt> prompts = new CopyOnWriteArrayList<>();
  private final Map<StreamConnection, Visit> visits = new ConcurrentHashMap<>();
  private final CountDownLatch leaving = new CountDownLatch(1);
  private final AtomicInteger visited = new AtomicInteger();
  private @Nullable BlueCoveDevice device;
  private @Nullable Thread acceptor;
  private boolean left;

  EmulatedPhone(
      EmulatedAir air, PhoneSettings settings, PhoneWitness witness, InstantSource clock) {
    this.air = air;
    this.settings = settings;
    this.witness = new Remembering(witness);
    this.clock = clock;
  }

  public PhoneSettings settings() {
    return settings;
  }

  public BluetoothAddress address() {
    return settings.address();
  }

  /** What it received and kept, in order. */
  public List<Receipt> receipts() {
    return List.copyOf(receipts);
  }

  /** How often, and about what, its owner was asked. */
  public List<Prompt> prompts() {
    return List.copyOf(prompts);
  }

  /**
   * Switches its Bluetooth on: from now on it is seen, and serves. Blocks shortly.
   *
   * @throws IOException if another device in the air has its address
   */
  public synchronized void appear() throws IOException {
    if (device != null || left) {
      throw new IllegalStateException("A phone appears once");
    }
    AirControl control = air.control();
    control.announce(settings.address().value(), settings.name(), settings.classOfDevice());
    BlueCoveDevice opened = BlueCoveDevice.open(EmulatorStack.properties(settings.address()));
    device = opened;
    boolean there = false;
    try {
      if (!(settings.behaviour() instanceof PhoneBehaviour.NoObjectPush)) {
        StreamConnectionNotifier service = opened.call(ObjectPushService::register);
        acceptor = new Thread(null, () -> accept(opened, service), "phone", SMALL_STACK);
        acceptor.setDaemon(true);
        acceptor.start();
      }
      if (settings.behaviour() instanceof PhoneBehaviour.OutOfReach) {
        control.setReachable(settings.address().value(), false);
      }
      opened.call(() -> LocalDevice.getLocalDevice().setDiscoverable(DiscoveryAgent.GIAC));
      there = true;
    } finally {
      if (!there) {
        close();
      }
    }
  }

  /** Whether it is seen; it is reachable either way. Android is seen only while a page is open. */
  public void discoverable(boolean seen) throws IOException {
    BlueCoveDevice now;
    synchronized (this) {
      now = device;
    }
    if (now == null) {
      throw new IllegalStateException("The phone is not there");
    }
    int mode = seen ? DiscoveryAgent.GIAC : DiscoveryAgent.NOT_DISCOVERABLE;
    now.call(() -> LocalDevice.getLocalDevice().setDiscoverable(mode));
  }

  /** Leaves, also in the middle of a transfer. */
  @Override
  public void close() {
    BlueCoveDevice was;
    Thread accepting;
    synchronized (this) {
      if (left) {
        return;
      }
      left = true;
      was = device;
      accepting = acceptor;
    }
    leaving.countDown();
    visits.values().forEach(Visit::end);
    if (was != null) {
      try {
        was.close();
      } catch (IOException e) {
        log.debug("A phone left an air that was gone: {}", BluetoothAddress.scrub(e.getMessage()));
      }
    }
    air.gone(this);
    if (accepting != null) {
      try {
        accepting.join(1_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void accept(BlueCoveDevice opened, StreamConnectionNotifier service) {
    int failures = 0;
    while (leaving.getCount() > 0 && failures < PATIENCE) {
      try {
        StreamConnection link = opened.call(service::acceptAndOpen);
        Visit visit = welcome(link);
        air.sessions().execute(() -> serve(visit));
        failures = 0;
      } catch (IOException | RejectedExecutionException e) {
        failures++;
      }
    }
    if (leaving.getCount() > 0) {
      log.warn("A phone can't take connections any more: its air is gone");
    }
  }

  private Visit welcome(StreamConnection link) throws IOException {
    long sender = ((BluetoothConnectionAccess) link).getRemoteAddress();
    // A sender has one link to a phone at a time: a second one says that the first is dead.
    visits.values().stream().filter(v -> v.sender == sender).forEach(Visit::end);
    Visit visit =
        new Visit(visited.incrementAndGet(), sender, link, new PhoneSession(witness, clock));
    visits.put(link, visit);
    return visit;
  }

  private void serve(Visit visit) {
    StreamConnection link = visit.link;
    try (WatchedInput in = new WatchedInput(link.openInputStream(), air.sessions());
        OutputStream out = link.openOutputStream()) {
      visit.session.serve(in, out, freeFor(visit) ? settings.behaviour() : BUSY);
    } catch (IOException e) {
      log.debug("A sender hung up: {}", BluetoothAddress.scrub(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.warn("A phone's witness failed, so it dropped the link", e);
    } finally {
      visit.end();
      visits.remove(link);
    }
  }

  /**
   * A phone shows one offer at a time: to a later sender it is busy, unless the earlier one is just
   * leaving.
   */
  private boolean freeFor(Visit visit) throws InterruptedException {
    for (Visit other : visits.values()) {
      if (other.number < visit.number && !other.session.awaitEnd(HANGING_UP)) {
        return false;
      }
    }
    return true;
  }

  /** One sender's link, and what the phone does with it. */
  private record Visit(int number, long sender, StreamConnection link, PhoneSession session) {
    void end() {
      session.end();
      cut(link);
    }
  }

  private static void cut(StreamConnection link) {
    try {
      if (link instanceof BluetoothConnectionAccess bluetooth) {
        bluetooth.shutdown(); // close() alone waits until the streams are closed
      }
      link.close();
    } catch (IOException | RuntimeException e) {
      log.debug("A link was gone before its phone cut it");
    }
  }

  private final class Remembering implements PhoneWitness {
    private final PhoneWitness further;

    Remembering(PhoneWitness further) {
      this.further = further;
    }

    @Override
    public void prompted(Prompt prompt) {
      further.prompted(prompt);
      prompts.add(prompt);
    }

    @Override
    public void received(Receipt receipt) {
      further.received(receipt);
      receipts.add(receipt);
    }
  }
}
