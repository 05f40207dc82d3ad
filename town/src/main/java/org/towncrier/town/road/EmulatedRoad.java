package org.towncrier.town.road;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
 * The real road from {@link Radio#offer} down: service search, RFCOMM and OBEX over BlueCove, to
 * emulated phones that accept at once. The emulated air is in this process too.
 */
public final class EmulatedRoad implements AutoCloseable {
  private static final int PLACE = 1;
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final AdapterId ADAPTER = new AdapterId("hci0");

  /** A text such as a campaign's; what a transfer takes is the radio's matter, not ours. */
  private static final PushObject OBJECT =
      new PushObject("last-bus.txt", "text/plain", new byte[2000]);

  private final EmulatedAir air;
  private final Radio radio;
  private final List<EmulatedPhone> phones = new ArrayList<>();
  private int addresses = 100;

  private EmulatedRoad(EmulatedAir air, Radio radio) {
    this.air = air;
    this.radio = radio;
  }

  /** Opens air and radio, with nobody there. */
  public static EmulatedRoad open() throws IOException, InterruptedException {
    EmulatedAir air = new EmulatedAir(0, InstantSource.system()).start();
    Radio radio =
        new BlueCoveRadio(
            new BlueCoveSettings(
                new EmulatorStack(0),
                List.of(new AdapterSettings(ADAPTER, EmulatedAddress.of(PLACE, 1)))),
            InstantSource.system());
    EmulatedRoad road = new EmulatedRoad(air, radio);
    CountDownLatch up = new CountDownLatch(1);
    radio.start(
        status -> {
          if (status.health() == AdapterStatus.Health.UP) {
            up.countDown();
          }
        });
    if (!up.await(30, TimeUnit.SECONDS)) {
      road.close();
      throw new IOException("The emulated adapter did not come up");
    }
    return road;
  }

  /** Phones that nobody met before, in the place of those that are there. */
  public void otherPhones(int number) throws IOException {
    leave();
    for (int i = 0; i < number; i++) {
      EmulatedPhone phone =
          air.phone(
              PhoneSettings.android(
                  EmulatedAddress.of(PLACE, addresses++),
                  new PhoneBehaviour.Accepts(Duration.ZERO)));
      phone.appear();
      phones.add(phone);
    }
  }

  /** Looks for a while; how many of the phones that are there were found. */
  public int look(Duration length) {
    Set<BluetoothAddress> found = ConcurrentHashMap.newKeySet();
    radio
        .inquire(ADAPTER, length, sighting -> found.add(sighting.address()))
        .toCompletableFuture()
        .join();
    return (int) phones.stream().filter(phone -> found.contains(phone.address())).count();
  }

  /** Pushes to the phones in turn, so many at once; how many were accepted. */
  public int push(int atOnce, int pushes) throws InterruptedException {
    Deque<BluetoothAddress> free =
        new ArrayDeque<>(phones.stream().map(EmulatedPhone::address).toList());
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

  private void leave() {
    phones.forEach(EmulatedPhone::close);
    phones.clear();
  }

  @Override
  public void close() {
    leave();
    radio.close();
    air.close();
  }
}
