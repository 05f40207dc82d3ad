package org.towncrier.hardware.bluez;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One look around by one adapter.
 *
 * <p>Most controllers can't inquire while they call a phone, so the kernel cancels an inquiry when
 * a connection is made: the controller then says that {@code Inquiry Cancel} was carried out, which
 * nobody here had asked for. The look waits until that connection is made or has failed, and goes
 * on.
 */
public final class DeviceInquiry {
  /** One unit of an inquiry's length (Bluetooth Core, volume 4 part E, 7.1.1). */
  private static final long UNIT_MILLIS = 1280;

  private static final int MOST_UNITS = 48;

  /** A page ends after 5.12 s by default; then its connection has failed. */
  private static final Duration PAGE = Duration.ofSeconds(6);

  /** How long to leave a busy controller alone before asking again. */
  private static final Duration BUSY = Duration.ofMillis(250);

  /** The kernel gives a controller 2 s to begin. */
  private static final Duration BEGIN = Duration.ofSeconds(3);

  /** What it listens to. */
  static final int[] EVENTS = {
    HciEvent.INQUIRY_COMPLETE,
    HciEvent.INQUIRY_RESULT,
    HciEvent.INQUIRY_RESULT_WITH_RSSI,
    HciEvent.EXTENDED_INQUIRY_RESULT,
    HciEvent.CONNECTION_COMPLETE
  };

  /** Something that opens an adapter. */
  interface Opening {
    Hci open(SocketGroup part) throws IOException;
  }

  private enum State {
    /** Nothing runs: ask. */
    IDLE,
    /** Asked, not yet begun. */
    ASKED,
    RUNNING,
    /** Something else has the controller. */
    WAITING
  }

  private final SocketGroup part;
  private final Opening opening;
  private final int accessCode;
  private final Duration length;
  private final Runnable onBegun;
  private final Consumer<InquiryResponse> onFound;
  private final AtomicReference<@Nullable DeviceInquiry> current;

  private final Object lock = new Object();
  private @Nullable Hci hci;
  private State state = State.IDLE;
  private boolean cancelled;
  private boolean everRan;
  private boolean refused;
  private boolean connectionSeen;

  /**
   * @param part closed when the inquiry is over
   * @param opening opens the adapter for {@link #EVENTS}
   * @param onBegun called when the adapter has taken it on, on the thread that runs
   * @param onFound called for each answer, on the thread that runs
   * @param current the one that runs on this adapter, or null
   */
  DeviceInquiry(
      SocketGroup part,
      Opening opening,
      int accessCode,
      Duration length,
      Runnable onBegun,
      Consumer<InquiryResponse> onFound,
      AtomicReference<@Nullable DeviceInquiry> current) {
    this.part = part;
    this.opening = opening;
    this.accessCode = accessCode;
    this.length = length;
    this.onBegun = onBegun;
    this.onFound = onFound;
    this.current = current;
  }

  /**
   * Looks for the whole length. Blocks.
   *
   * @return false if it was cancelled
   * @throws IllegalStateException if the adapter is already looking
   * @throws IOException if the adapter can't
   */
  public boolean run() throws IOException {
    if (!current.compareAndSet(null, this)) {
      part.close();
      throw new IllegalStateException("The adapter is already looking");
    }
    try {
      return inquire();
    } finally {
      current.set(null);
    }
  }

  private boolean inquire() throws IOException {
    try (SocketGroup closing = part;
        Hci opened = opening.open(closing)) {
      synchronized (lock) {
        if (cancelled) {
          return false;
        }
        hci = opened;
      }
      askForExtendedResponses(opened);
      look(opened, Deadline.in(length));
      return true;
    } catch (ClosedChannelException e) {
      if (cancelled()) {
        return false;
      }
      throw e;
    }
  }

  /** Ends it from another thread, also before it has begun. */
  public void cancel() throws IOException {
    synchronized (lock) {
      cancelled = true;
      stop();
    }
    part.close();
  }

  private boolean cancelled() {
    synchronized (lock) {
      return cancelled;
    }
  }

  /** The kernel sets it when it powers an adapter; another program may have set it back. */
  private static void askForExtendedResponses(Hci hci) throws IOException {
    byte[] mode = hci.ask("ask how phones answer", HciCommand.plain(HciCommand.READ_INQUIRY_MODE));
    if (mode.length > 0 && mode[0] >= HciCommand.EXTENDED_RESPONSES) {
      return;
    }
    for (int better = HciCommand.EXTENDED_RESPONSES; better > 0; better--) {
      HciEvent.CommandComplete done = hci.carryOut(HciCommand.inquiryMode(better));
      if (done.status() == HciStatus.OK) {
        return;
      }
    }
    // An old controller: phones are found without the strength of their signal.
  }

  private void look(Hci opened, Deadline end) throws IOException {
    Deadline until = end;
    while (!end.passed()) {
      if (state() == State.IDLE) {
        ask(opened, end);
        until = Deadline.in(BEGIN);
      }
      HciEvent event;
      try {
        event = opened.next(until);
      } catch (SocketTimeoutException e) {
        switch (state()) {
          case ASKED -> throw new IOException("The adapter did not begin to look for phones");
          case WAITING -> become(State.IDLE);
          default -> {} // the end
        }
        continue;
      }
      until = heard(event, end, until);
    }
    synchronized (lock) {
      stop();
    }
    if (refused && !everRan && !connectionSeen) {
      throw new IOException("Could not look for phones: " + HciStatus.words(HciStatus.DISALLOWED));
    }
  }

  /** Takes in an event, and says how long to wait for the next. */
  private Deadline heard(HciEvent event, Deadline end, Deadline until) throws IOException {
    if (event instanceof HciEvent.Found found) {
      found.responses().forEach(onFound);
      return until;
    }
    if (event instanceof HciEvent.CommandStatus begun && begun.opcode() == HciCommand.INQUIRY) {
      return switch (begun.status()) {
        case HciStatus.OK -> {
          begun();
          everRan = true;
          become(State.RUNNING);
          yield end;
        }
        case HciStatus.DISALLOWED -> {
          begun();
          refused = true;
          become(State.WAITING);
          yield end.butNoLaterThan(BUSY);
        }
        default ->
            throw new IOException("Could not look for phones: " + HciStatus.words(begun.status()));
      };
    }
    if (event instanceof HciEvent.InquiryComplete && state() == State.RUNNING) {
      become(State.IDLE);
      return end;
    }
    if (event instanceof HciEvent.CommandComplete done
        && done.opcode() == HciCommand.INQUIRY_CANCEL
        && state() == State.RUNNING) {
      become(State.WAITING); // for the connection that the kernel is about to make
      connectionSeen = true;
      return end.butNoLaterThan(PAGE);
    }
    if (event instanceof HciEvent.ConnectionComplete) {
      connectionSeen = true;
      if (state() == State.WAITING) {
        become(State.IDLE);
        return end;
      }
    }
    return until;
  }

  private void begun() {
    if (!everRan && !refused) {
      onBegun.run();
    }
  }

  /** Under the lock, so that a look that was cancelled is not begun once more. */
  private void ask(Hci opened, Deadline end) throws IOException {
    long units = (end.pollMillis() + UNIT_MILLIS - 1) / UNIT_MILLIS;
    synchronized (lock) {
      if (cancelled) {
        throw new AsynchronousCloseException();
      }
      state = State.ASKED;
      opened.send(HciCommand.inquiry(accessCode, (int) Math.max(1, Math.min(MOST_UNITS, units))));
    }
  }

  /** Tells the controller to end what it was asked for. It carries out commands in their order. */
  private void stop() throws IOException {
    if (hci != null && (state == State.ASKED || state == State.RUNNING)) {
      hci.send(HciCommand.plain(HciCommand.INQUIRY_CANCEL));
      state = State.IDLE;
    }
  }

  private State state() {
    synchronized (lock) {
      return state;
    }
  }

  private void become(State now) {
    synchronized (lock) {
      state = now;
    }
  }
}
