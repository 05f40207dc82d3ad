package org.towncrier.town.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.AdapterStatus;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.OfferResult;
import org.towncrier.hardware.PushObject;
import org.towncrier.hardware.Radio;
import org.towncrier.hardware.bluecove.AdapterSettings;
import org.towncrier.hardware.bluecove.BlueCoveRadio;
import org.towncrier.hardware.bluecove.BlueCoveSettings;
import org.towncrier.hardware.emulator.EmulatedAddress;
import org.towncrier.hardware.emulator.EmulatedAir;
import org.towncrier.hardware.emulator.EmulatedPhone;
import org.towncrier.hardware.emulator.EmulatorStack;
import org.towncrier.hardware.emulator.PhoneBehaviour;
import org.towncrier.hardware.emulator.PhoneSettings;

/**
 * What a push costs on the real road from {@link Radio#offer} down: service search, RFCOMM and OBEX
 * over BlueCove, to emulated phones that accept at once. The emulated air is in this process too,
 * so its work is counted with ours.
 */
final class Pushes {
  private static final int PLACE = 1;
  private static final int PHONES = 14;
  private static final int WARM_UP = 100;
  private static final int PUSHES = 400;
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final AdapterId ADAPTER = new AdapterId("hci0");

  /** A text such as a campaign's; what a transfer takes is the radio's matter, not ours. */
  private static final PushObject OBJECT =
      new PushObject("last-bus.txt", "text/plain", new byte[2000]);

  private final PrintStream out;

  Pushes(PrintStream out) {
    this.out = out;
  }

  /** Whether every push arrived. */
  boolean run() throws Exception {
    try (EmulatedAir air = new EmulatedAir(0, InstantSource.system()).start();
        Radio radio =
            new BlueCoveRadio(
                new BlueCoveSettings(
                    new EmulatorStack(0),
                    List.of(new AdapterSettings(ADAPTER, EmulatedAddress.of(PLACE, 1)))),
                InstantSource.system())) {
      CountDownLatch up = new CountDownLatch(1);
      radio.start(
          status -> {
            if (status.health() == AdapterStatus.Health.UP) {
              up.countDown();
            }
          });
      if (!up.await(30, TimeUnit.SECONDS)) {
        throw new IOException("The emulated adapter did not come up");
      }
      List<BluetoothAddress> phones = phones(air);
      push(radio, phones, Radio.MAX_LINKS, WARM_UP);
      boolean well = true;
      for (int atOnce = 1; atOnce <= Radio.MAX_LINKS; atOnce++) {
        well &= measure(radio, phones, atOnce);
      }
      return well;
    }
  }

  private static List<BluetoothAddress> phones(EmulatedAir air) throws Exception {
    List<BluetoothAddress> addresses = new ArrayList<>();
    for (int i = 0; i < PHONES; i++) {
      EmulatedPhone phone =
          air.phone(
              PhoneSettings.android(
                  EmulatedAddress.of(PLACE, 100 + i), new PhoneBehaviour.Accepts(Duration.ZERO)));
      phone.appear();
      addresses.add(phone.address());
    }
    return addresses;
  }

  private boolean measure(Radio radio, List<BluetoothAddress> phones, int atOnce)
      throws InterruptedException {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = system.getProcessCpuTime();
    long from = System.nanoTime();
    int accepted = push(radio, phones, atOnce, PUSHES);
    double seconds = (System.nanoTime() - from) / 1e9;
    double cpuMillis = (system.getProcessCpuTime() - cpu) / 1e6;
    out.printf(
        Locale.ROOT,
        "%d at once: %6.1f pushes/s, %5.2f ms of CPU a push, %d of %d accepted%n",
        atOnce,
        PUSHES / seconds,
        cpuMillis / PUSHES,
        accepted,
        PUSHES);
    return accepted == PUSHES;
  }

  /** How many were accepted. */
  private static int push(Radio radio, List<BluetoothAddress> phones, int atOnce, int pushes)
      throws InterruptedException {
    Deque<BluetoothAddress> free = new ArrayDeque<>(phones);
    Semaphore places = new Semaphore(atOnce);
    AtomicInteger accepted = new AtomicInteger();
    for (int i = 0; i < pushes; i++) {
      places.acquire();
      BluetoothAddress phone;
      synchronized (free) {
        phone = free.remove();
      }
      radio
          .offer(ADAPTER, phone, OBJECT, DEADLINE)
          .result()
          .thenAccept(
              result -> {
                if (result.end() == OfferResult.End.ACCEPTED) {
                  accepted.incrementAndGet();
                }
                synchronized (free) {
                  free.add(phone);
                }
                places.release();
              });
    }
    places.acquire(atOnce);
    return accepted.get();
  }
}
