package org.towncrier.town.bench.radio;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.AdapterStatus.Health;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.OfferResult;
import org.towncrier.hardware.PushObject;
import org.towncrier.hardware.Radio;
import org.towncrier.hardware.Radio.InquiryEnd;
import org.towncrier.hardware.RadioName;
import org.towncrier.hardware.bluecove.AdapterSettings;
import org.towncrier.hardware.bluecove.BlueCoveRadio;
import org.towncrier.hardware.bluecove.BlueCoveSettings;
import org.towncrier.hardware.bluecove.BlueCoveStack;
import org.towncrier.hardware.bluecove.SetUpStack;
import org.towncrier.hardware.bluez.AdapterSetUp;

/** The node's own radio, on a stack of BlueCove's, set up as on a node. */
final class RadioSender implements Sender {
  private static final AdapterId ADAPTER = new AdapterId("adapter");
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final Duration OPENING = Duration.ofSeconds(60);

  /**
   * Longer than the inquiry of BlueCove's own stack, 10.24 s, at whose end it tells what it heard.
   */
  private static final Duration LOOK = Duration.ofSeconds(12);

  private final Radio radio;
  private final PushObject object;

  private RadioSender(Radio radio, PushObject object) {
    this.radio = radio;
    this.object = object;
  }

  static RadioSender open(BlueCoveStack stack, BluetoothAddress adapter, PushObject object)
      throws IOException, InterruptedException {
    Radio radio =
        new BlueCoveRadio(
            new BlueCoveSettings(
                new SetUpStack(stack, new AdapterSetUp(new RadioName("Safer Coalville"))),
                List.of(new AdapterSettings(ADAPTER, adapter))),
            InstantSource.system());
    CountDownLatch up = new CountDownLatch(1);
    radio.start(
        status -> {
          if (status.health() == Health.UP) {
            up.countDown();
          }
        });
    if (!up.await(OPENING.toMillis(), TimeUnit.MILLISECONDS)) {
      String why = radio.adapters().get(0).detail();
      radio.close();
      throw new IOException("The adapter did not come up: " + why);
    }
    return new RadioSender(radio, object);
  }

  @Override
  public Duration find(Set<BluetoothAddress> phones) throws IOException, InterruptedException {
    Set<BluetoothAddress> missing = ConcurrentHashMap.newKeySet();
    missing.addAll(phones);
    AtomicReference<Duration> found = new AtomicReference<>();
    long began = System.nanoTime();
    CompletableFuture<InquiryEnd> look =
        radio
            .inquire(
                ADAPTER,
                LOOK,
                sighting -> {
                  missing.remove(sighting.address());
                  if (missing.isEmpty()) {
                    found.compareAndSet(null, Duration.ofNanos(System.nanoTime() - began));
                  }
                })
            .toCompletableFuture();
    try {
      InquiryEnd end = look.get(2 * LOOK.toMillis(), TimeUnit.MILLISECONDS);
      Duration took = found.get();
      if (took == null) {
        throw new IOException("A look (" + end + ") did not find " + missing.size());
      }
      return took;
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("A look did not end", e);
    }
  }

  @Override
  public CompletionStage<Duration> push(BluetoothAddress phone) {
    return radio
        .offer(ADAPTER, phone, object, DEADLINE)
        .result()
        .thenCompose(
            result ->
                result.end() == OfferResult.End.ACCEPTED
                    ? CompletableFuture.completedFuture(result.took())
                    : CompletableFuture.failedFuture(
                        new IOException(result.end() + ": " + result.detail())));
  }

  @Override
  public void close() {
    radio.close();
  }
}
