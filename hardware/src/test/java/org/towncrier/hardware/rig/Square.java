package org.towncrier.hardware.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.AdapterStatus;
import org.towncrier.hardware.AdapterStatus.Health;
import org.towncrier.hardware.Offer;
import org.towncrier.hardware.OfferResult;
import org.towncrier.hardware.PushObject;
import org.towncrier.hardware.Radio;
import org.towncrier.hardware.bluecove.AdapterSettings;
import org.towncrier.hardware.bluecove.BlueCoveRadio;
import org.towncrier.hardware.bluecove.BlueCoveSettings;
import org.towncrier.hardware.bluecove.BlueCoveStack;

/** A node's radio as it is configured in the field, among the phones of the rig. */
final class Square implements AutoCloseable {
  /** As in the field: Android's owner has 50 s. */
  static final Duration DEADLINE = Duration.ofSeconds(60);

  private static final long GENEROUS_SECONDS = 90;

  private final Air air = new Air();
  private final int adapters;
  private final Radio radio;

  /** Not open yet. */
  Square(int adapters) throws IOException {
    this(adapters, Stack.UNDER_TEST);
  }

  /** On another stack. */
  Square(int adapters, BlueCoveStack stack) throws IOException {
    this.adapters = adapters;
    radio =
        new BlueCoveRadio(
            new BlueCoveSettings(
                stack,
                IntStream.range(0, adapters)
                    .mapToObj(k -> new AdapterSettings(adapter(k), Air.address(k)))
                    .toList()),
            InstantSource.system());
  }

  /** Opens the radio and waits until every adapter is up. */
  Square open() throws Exception {
    radio.start(status -> {});
    for (int k = 0; k < adapters; k++) {
      awaitHealth(k, Health.UP);
    }
    return this;
  }

  Air air() {
    return air;
  }

  Radio radio() {
    return radio;
  }

  static AdapterId adapter(int number) {
    return new AdapterId("adapter" + number);
  }

  /** Offers a phone of the rig something, through one of the node's adapters. */
  Offer offer(int adapter, int phone, PushObject object) {
    return radio.offer(adapter(adapter), Air.address(phone), object, DEADLINE);
  }

  AdapterStatus status(int adapter) {
    return radio.adapters().get(adapter);
  }

  void awaitHealth(int adapter, Health health) throws Exception {
    await("adapter " + adapter + " is " + health, () -> status(adapter).health() == health);
  }

  static OfferResult await(Offer offer) throws Exception {
    return await(offer.result());
  }

  static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(GENEROUS_SECONDS, TimeUnit.SECONDS);
  }

  static void await(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(GENEROUS_SECONDS);
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("Waited in vain until " + what).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** Waits until an event of that kind has happened to a phone. */
  static AirEvent awaitEvent(int phone, String what) throws Exception {
    await("phone " + phone + " has " + what, () -> !Air.events(phone, what).isEmpty());
    return Air.events(phone, what).get(0);
  }

  /** Waits until a phone's owner is asked; fails at once when the offer ends before. */
  static void awaitAsked(int phone, Offer offer) throws Exception {
    CompletableFuture<OfferResult> end = offer.result().toCompletableFuture();
    await(
        "the owner of phone " + phone + " is asked",
        () -> end.isDone() || !Air.events(phone, "asked").isEmpty());
    assertThat(Air.events(phone, "asked"))
        .as("phone " + phone + ": " + end.getNow(null))
        .isNotEmpty();
  }

  /** Waits until no adapter has a link, though every phone is still there. */
  void awaitNoLinks() throws Exception {
    for (int k = 0; k < adapters; k++) {
      int adapter = k;
      await("adapter " + k + " has no links", () -> air.links(adapter) == 0);
    }
  }

  /** Closes the radio; fails if it leaves anything behind. */
  @Override
  public void close() throws Exception {
    radio.close();
    List<String> left = new ArrayList<>();
    try (air) {
      awaitNoLinks();
      await(
          "nothing is left",
          () -> {
            left.clear();
            left.addAll(Leftovers.ofThisProcess());
            return left.isEmpty();
          });
    } finally {
      assertThat(left).isEmpty();
    }
  }
}
