package org.towncrier.hardware.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.towncrier.hardware.Offer;
import org.towncrier.hardware.OfferResult;
import org.towncrier.hardware.OfferResult.End;
import org.towncrier.hardware.PushObject;
import org.towncrier.hardware.Radio;

/** Many phones at once, and many one after the other. */
@Guest(controllers = 16, adapters = 2, limit = 400)
@SuppressWarnings("NullAway.Init") // JUnit fills the square in
class CrowdOnRig {
  private static final int FIRST_PHONE = 2;
  private static final PushObject MAP = new PushObject("map.jpg", "image/jpeg", new byte[30_000]);

  private Square square;

  @BeforeEach
  void open() throws Exception {
    square = new Square(2);
    square.air().mask(); // the same phones are met again and again
    square.open();
  }

  @AfterEach
  void leave() throws Exception {
    square.close();
  }

  @Test
  void seven_phones_at_once_are_all_asked_and_all_have_it() throws Exception {
    Map<Integer, Offer> offers = new TreeMap<>();
    for (int phone = FIRST_PHONE; phone < FIRST_PHONE + Radio.MAX_LINKS; phone++) {
      square.air().set(phone, "android:yes:4");
      offers.put(phone, square.offer(0, phone, MAP));
    }

    for (Map.Entry<Integer, Offer> offer : offers.entrySet()) {
      Square.awaitAsked(offer.getKey(), offer.getValue());
    }

    for (Map.Entry<Integer, Offer> offer : offers.entrySet()) {
      OfferResult end = Square.await(offer.getValue());
      assertThat(end.end()).as(end.detail()).isEqualTo(End.ACCEPTED);
      assertThat(Air.events(offer.getKey(), "received"))
          .singleElement()
          .satisfies(event -> Objects.same(event, MAP));
    }
    square.awaitNoLinks();
  }

  @Test
  void two_adapters_serve_fourteen_phones_at_once() throws Exception {
    List<Offer> offers = new ArrayList<>();
    for (int i = 0; i < 2 * Radio.MAX_LINKS; i++) {
      square.air().set(FIRST_PHONE + i, "stall:body");
      offers.add(square.offer(i % 2, FIRST_PHONE + i, MAP));
    }

    Square.await(
        "fourteen links are open", () -> square.air().links(0) + square.air().links(1) == 14);
    assertThat(square.air().links(0)).isEqualTo(Radio.MAX_LINKS);
    offers.forEach(Offer::withdraw);

    for (Offer offer : offers) {
      assertThat(Square.await(offer).end()).isEqualTo(End.WITHDRAWN);
    }
    square.awaitNoLinks();
  }

  @Test
  void five_hundred_pushes_in_a_row_grow_neither_memory_nor_descriptors() throws Exception {
    int phones = 5;
    for (int i = 0; i < phones; i++) {
      square.air().set(FIRST_PHONE + i, "accept");
    }
    push(100, phones); // what is made once and kept is made
    square.awaitNoLinks();
    int descriptors = Leftovers.descriptors();
    int threads = Thread.activeCount();
    long memory = usedMemory();

    push(500, phones);

    square.awaitNoLinks();
    // A probe of an adapter may hold one for a moment; a leak holds it for good.
    Square.await("descriptors are given back", () -> Leftovers.descriptors() <= descriptors);
    // How many workers are at work at once is chance; those of the pool who have none leave it
    // after a minute.
    Square.await("threads are let go", () -> Thread.activeCount() <= threads);
    // A leak of two kilobytes a push would be a megabyte.
    assertThat(usedMemory()).isLessThan(memory + 1_000_000);
    long received = Air.events().stream().filter(e -> e.what().equals("received")).count();
    assertThat(received).isGreaterThanOrEqualTo(600);
  }

  private void push(int count, int phones) throws Exception {
    PushObject small = new PushObject("notice.txt", "text/plain", new byte[2000]);
    for (int i = 0; i < count; i++) {
      Offer offer = square.offer(i % 2, FIRST_PHONE + i % phones, small);
      OfferResult end = Square.await(offer);
      assertThat(end.end()).as("push " + i + ": " + end.detail()).isEqualTo(End.ACCEPTED);
    }
  }

  private static long usedMemory() throws InterruptedException {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
