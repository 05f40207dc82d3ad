package org.towncrier.town.bench.radio;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.Radio;
import tools.jackson.databind.json.JsonMapper;

/**
 * What each sender has to do in a lap, inside the rig: {@code RadioCourse SENDER FILE} adds a
 * {@link Lap} to the file, as one line of JSON.
 */
final class RadioCourse {
  /** More than are served at once, so that each has rested a while when it is met again. */
  static final int PHONES = 2 * Radio.MAX_LINKS;

  /**
   * Times everybody is pushed to before: a sender is at work for hours, not for its first minute.
   */
  private static final int WARM_UP = 10;

  /** Seconds. What has not ended by then has failed: not every sender gives up by itself. */
  private static final int PATIENCE = 90;

  private static final int ONE_AT_A_TIME = 3;
  private static final int SEVEN_AT_ONCE = 3 * Radio.MAX_LINKS;

  private final Senders which;
  private final RigAir air;
  private final List<Integer> phones = new ArrayList<>();

  /** The longest unmet first: bluetoothd is slow to have done with one that was met just now. */
  private final Deque<BluetoothAddress> free = new ArrayDeque<>();

  private int failed;

  private RadioCourse(Senders which, RigAir air) throws IOException {
    this.which = which;
    this.air = air;
    for (String number : air.command("phones").split(" ")) {
      phones.add(Integer.valueOf(number));
    }
    phones.forEach(phone -> free.add(RigAir.address(phone)));
  }

  public static void main(String[] arguments) throws Exception {
    Senders which = Senders.named(arguments[0]);
    Lap lap;
    try (RigAir air = new RigAir()) {
      lap = new RadioCourse(which, air).run();
    }
    Files.writeString(
        Path.of(arguments[1]),
        new JsonMapper().writeValueAsString(lap) + "\n",
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    System.exit(0); // whatever a stack left running
  }

  private Lap run() throws Exception {
    // Each answers service searches itself: the rig's one bluetoothd could not for seven at once.
    everybody("sdp:channel:9");
    everybody("accept");
    try (Sender sender = which.open()) {
      for (int i = 0; i < WARM_UP; i++) {
        for (int phone : phones) {
          took(sender, phone);
        }
      }
    }
    failed = 0;
    // Opened afresh: it knows nobody.
    try (Sender sender = which.open()) {
      double find =
          millis(sender.find(new HashSet<>(phones.stream().map(RigAir::address).toList())));
      rest();
      List<Double> pushes = new ArrayList<>();
      for (int phone : phones) {
        Duration took = took(sender, phone);
        if (took != null) {
          pushes.add(millis(took));
        }
      }
      rest();
      everybody("android:yes:5");
      double one = perMinute(sender, ONE_AT_A_TIME, 1);
      rest();
      double seven = perMinute(sender, SEVEN_AT_ONCE, Radio.MAX_LINKS);
      return new Lap(which.label(), find, pushes, one, seven, failed);
    }
  }

  /** Null when it did not arrive. */
  private @Nullable Duration took(Sender sender, int phone) throws InterruptedException {
    try {
      return push(sender, RigAir.address(phone)).get();
    } catch (ExecutionException e) {
      note(e);
      return null;
    }
  }

  /** Pushes that arrived a minute. */
  private double perMinute(Sender sender, int count, int atOnce) throws InterruptedException {
    Semaphore places = new Semaphore(atOnce);
    AtomicInteger arrived = new AtomicInteger();
    long began = System.nanoTime();
    for (int i = 0; i < count; i++) {
      places.acquire();
      BluetoothAddress phone;
      synchronized (free) {
        phone = free.remove();
      }
      push(sender, phone)
          .whenComplete(
              (took, why) -> {
                if (why == null) {
                  arrived.incrementAndGet();
                } else {
                  note(why);
                }
                synchronized (free) {
                  free.add(phone);
                }
                places.release();
              });
    }
    places.acquire(atOnce);
    return arrived.get() * 60e9 / (System.nanoTime() - began);
  }

  private static CompletableFuture<Duration> push(Sender sender, BluetoothAddress phone) {
    return sender.push(phone).toCompletableFuture().orTimeout(PATIENCE, TimeUnit.SECONDS);
  }

  private synchronized void note(Throwable why) {
    failed++;
    System.out.println(which.label() + ": a push failed: " + why);
  }

  private void everybody(String policy) throws IOException {
    for (int phone : phones) {
      air.command("set " + phone + " " + policy);
    }
  }

  /** Until the links of before are gone. */
  private void rest() throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
    while (!air.command("links " + which.ordinal()).equals("0")) {
      if (System.nanoTime() > end) {
        throw new IOException("Links of " + which.label() + " do not end");
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static double millis(Duration time) {
    return time.toNanos() / 1e6;
  }
}
