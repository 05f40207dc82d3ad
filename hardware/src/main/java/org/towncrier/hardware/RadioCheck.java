package org.towncrier.hardware;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.towncrier.hardware.AdapterStatus.Health;
import org.towncrier.hardware.Radio.InquiryEnd;

/** Tries a radio out: opens its adapters, looks once with each, and says what it found. */
public final class RadioCheck {
  /** How much longer than its length a look may take before the check gives it up. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final Logger log = LoggerFactory.getLogger(RadioCheck.class);

  private RadioCheck() {}

  /**
   * What was found on one adapter. Counts only, never addresses.
   *
   * @param adapter how it was before it was closed again
   * @param look how the look ended; FAILED when the adapter is not up
   * @param devices devices that answered
   * @param phones of these, those that are phones by their class
   * @param takingObjects of these phones, those that announce object transfer
   */
  public record Finding(
      AdapterStatus adapter, InquiryEnd look, int devices, int phones, int takingObjects) {
    /** Whether the adapter can be used. */
    public boolean good() {
      return adapter.health() == Health.UP && look == InquiryEnd.COMPLETED;
    }
  }

  /**
   * Checks a radio that was not started, and closes it. Blocks: adapters look one after the other,
   * because two that look at once delay each other.
   *
   * @param opening how long the adapters may take to open
   * @param length how long each looks
   */
  public static List<Finding> run(Radio radio, Duration opening, Duration length)
      throws InterruptedException {
    try (radio) {
      CountDownLatch reported = new CountDownLatch(radio.adapters().size());
      Set<AdapterId> heard = ConcurrentHashMap.newKeySet();
      radio.start(
          status -> {
            if (heard.add(status.adapter())) {
              reported.countDown();
            }
          });
      boolean all = reported.await(opening.toMillis(), TimeUnit.MILLISECONDS);
      log.debug("All adapters have reported: {}", all); // one that has not is found down below
      List<Finding> findings = new ArrayList<>();
      for (AdapterStatus adapter : radio.adapters()) {
        findings.add(look(radio, adapter.adapter(), length));
      }
      return findings;
    }
  }

  private static Finding look(Radio radio, AdapterId adapter, Duration length)
      throws InterruptedException {
    Set<Sighting> seen = ConcurrentHashMap.newKeySet();
    InquiryEnd end = await(radio, adapter, length, seen);
    Set<BluetoothAddress> devices = new HashSet<>();
    Set<BluetoothAddress> phones = new HashSet<>();
    Set<BluetoothAddress> takingObjects = new HashSet<>();
    for (Sighting sighting : seen) {
      devices.add(sighting.address());
      if (sighting.isPhone()) {
        phones.add(sighting.address());
        if (sighting.announcesObjectTransfer()) {
          takingObjects.add(sighting.address());
        }
      }
    }
    AdapterStatus now =
        radio.adapters().stream()
            .filter(status -> status.adapter().equals(adapter))
            .findFirst()
            .orElseThrow();
    return new Finding(now, end, devices.size(), phones.size(), takingObjects.size());
  }

  private static InquiryEnd await(
      Radio radio, AdapterId adapter, Duration length, Set<Sighting> seen)
      throws InterruptedException {
    try {
      return radio
          .inquire(adapter, length, seen::add)
          .toCompletableFuture()
          .get(length.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return InquiryEnd.FAILED;
    } catch (ExecutionException e) {
      throw new IllegalStateException("A look ended exceptionally, against its contract", e);
    }
  }
}
