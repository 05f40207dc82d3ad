package org.towncrier.town.street;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.emulator.EmulatedAddress;
import org.towncrier.hardware.emulator.EmulatedAir;
import org.towncrier.hardware.emulator.EmulatedPhone;
import org.towncrier.hardware.emulator.PhoneBehaviour;
import org.towncrier.hardware.emulator.PhoneSettings;
import org.towncrier.hardware.emulator.PhoneWitness;
import org.towncrier.hardware.emulator.Prompt;
import org.towncrier.hardware.emulator.Receipt;

/**
 * Phones on the squares of a town: always new ones come (Poisson arrivals), stay a while, do what
 * their owners do, and leave. Runs in real time, since emulated radios do.
 */
public final class Street implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Street.class);

  /** Two threads a phone: a street that no node serves must not take the machine. */
  private static final int MOST_PHONES = 400;

  /** An object that its owner accepted is over the air well within this time. */
  private static final Duration TRANSFER = Duration.ofSeconds(2);

  private final EmulatedAir air;
  private final Crowd crowd;
  private final List<Square> squares;
  private final RandomGenerator random;
  private final Receipts receipts = new Receipts();
  private final Set<Visitor> there = ConcurrentHashMap.newKeySet();
  private final Set<BluetoothAddress> addresses = ConcurrentHashMap.newKeySet();
  private final AtomicLong came = new AtomicLong();
  private final ScheduledExecutorService comings =
      Executors.newScheduledThreadPool(
          2,
          work -> {
            Thread thread = new Thread(work, "street");
            thread.setDaemon(true);
            return thread;
          });
  private volatile boolean open = true;

  /**
   * @param air where the phones are, started
   * @param random decides who comes when; a seed makes the same crowd again
   */
  public Street(EmulatedAir air, Crowd crowd, List<Square> squares, RandomGenerator random) {
    this.air = air;
    this.crowd = crowd;
    this.squares = List.copyOf(squares);
    this.random = random;
  }

  /** People start coming. */
  public void start() {
    squares.forEach(this::expectSomebody);
  }

  /** What all phones so far say they received. */
  public Receipts receipts() {
    return receipts;
  }

  /** Phones there now. */
  public int phones() {
    return there.size();
  }

  /** Phones that came so far. */
  public long came() {
    return came.get();
  }

  /** The addresses of all phones that ever came, for tests that look for them where none may be. */
  public Set<BluetoothAddress> addresses() {
    return Set.copyOf(addresses);
  }

  /**
   * Nobody comes any more; those who are being asked finish with that, all others leave.
   *
   * @return true when all have left within the time
   */
  public boolean empty(Duration within) throws InterruptedException {
    open = false;
    CountDownLatch left = new CountDownLatch(1);
    comings.execute(() -> leaveOneByOne(left));
    return left.await(within.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Everybody leaves at once, in the middle of what they do. */
  @Override
  public void close() {
    open = false;
    comings.shutdownNow();
    try {
      comings.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    List.copyOf(there).forEach(Visitor::leave);
  }

  private void expectSomebody(Square square) {
    double minutes = -Math.log(1 - next(random)) / square.phonesPerMinute();
    later(Duration.ofMillis((long) (minutes * 60_000)), () -> comes(square));
  }

  private void comes(Square square) {
    if (!open) {
      return;
    }
    expectSomebody(square);
    if (there.size() >= MOST_PHONES) {
      return;
    }
    Visitor visitor = visitor(square);
    there.add(visitor);
    try {
      visitor.phone.appear();
      came.incrementAndGet();
      later(visitor.stay, visitor::leave);
    } catch (IOException e) {
      // Two phones with one address, or the air is gone: the street goes on without this one.
      log.warn("A phone could not appear: {}", BluetoothAddress.scrub(e.getMessage()));
      visitor.leave();
    }
  }

  private Visitor visitor(Square square) {
    synchronized (random) {
      BluetoothAddress address = EmulatedAddress.random(square.place(), random);
      addresses.add(address);
      return new Visitor(crowd.somebody(address, random), crowd.stay().some(random));
    }
  }

  private void leaveOneByOne(CountDownLatch left) {
    List.copyOf(there).stream().filter(visitor -> !visitor.isAsked()).forEach(Visitor::leave);
    if (there.isEmpty()) {
      left.countDown();
    } else {
      later(Duration.ofMillis(100), () -> leaveOneByOne(left));
    }
  }

  private void later(Duration wait, Runnable what) {
    try {
      comings.schedule(what, wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      log.debug("The street is closed");
    }
  }

  private static double next(RandomGenerator random) {
    synchronized (random) {
      return random.nextDouble();
    }
  }

  /** A phone in the square, and whether its owner is being asked just now. */
  private final class Visitor implements PhoneWitness {
    private final EmulatedPhone phone;
    private final Duration stay;
    private final Duration answer;
    private volatile long busyUntil;

    Visitor(PhoneSettings settings, Duration stay) {
      this.phone = air.phone(settings, receipts.ofOnePhone(this));
      this.stay = stay;
      this.answer = answerTime(settings.behaviour()).plus(TRANSFER);
      this.busyUntil = System.nanoTime();
    }

    boolean isAsked() {
      return busyUntil - System.nanoTime() > 0;
    }

    void leave() {
      if (there.remove(this)) {
        phone.close();
      }
    }

    @Override
    public void prompted(Prompt prompt) {
      busyUntil = System.nanoTime() + answer.toNanos();
    }

    @Override
    public void received(Receipt receipt) {}

    private static Duration answerTime(PhoneBehaviour behaviour) {
      if (behaviour instanceof PhoneBehaviour.Accepts accepts) {
        return accepts.after();
      }
      if (behaviour instanceof PhoneBehaviour.Declines declines) {
        return declines.after();
      }
      return behaviour instanceof PhoneBehaviour.Ignores ignores ? ignores.until() : Duration.ZERO;
    }
  }
}
