package org.towncrier.town.air;

import java.time.Duration;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.towncrier.hardware.Radio.InquiryEnd;
import org.towncrier.hardware.Sighting;
import org.towncrier.town.air.Chance.Draw;
import org.towncrier.town.air.PhoneTraits.Scan;

/**
 * One inquiry, as the specification plays it out and Peterson, Baldwin and Kharoufeh derive its
 * times: a phone listens every 1.28 s on a frequency that is in one of two trains, of which the
 * inquirer repeats one for 2.56 s at a time. Phones that answer are told of once in a look.
 */
final class Look {
  private static final Logger log = LoggerFactory.getLogger(Look.class);

  private final VirtualAir air;
  private final SimulatedAdapter adapter;
  private final Consumer<Sighting> onSighting;
  private final CompletableFuture<InquiryEnd> end = new CompletableFuture<>();
  private final Set<SimulatedPhone> followed = new HashSet<>();
  private final long number;
  private final double from;
  private final boolean beginsWithA;
  private boolean over;

  Look(VirtualAir air, SimulatedAdapter adapter, Consumer<Sighting> onSighting) {
    this.air = air;
    this.adapter = adapter;
    this.onSighting = onSighting;
    this.number = air.nextLook();
    this.from = air.clock();
    this.beginsWithA = air.chance().of(Draw.FIRST_TRAIN, number, 0, 0) < 0.5;
  }

  CompletableFuture<InquiryEnd> end() {
    return end;
  }

  void begin(Duration length) {
    double unit = air.model().inquiry().unit();
    double seconds = Math.ceil(length.toNanos() / 1e9 / unit - 1e-9) * unit;
    air.loop().after(AirModel.seconds(seconds), () -> end(InquiryEnd.COMPLETED));
    air.began(this);
  }

  void end(InquiryEnd how) {
    if (!over) {
      over = true;
      air.ended(this);
      adapter.looked(this, air.clock() - from);
      air.loop().execute(() -> end.complete(how));
    }
  }

  /** A phone can be seen from now on. */
  void consider(SimulatedPhone phone) {
    if (!over && followed.add(phone)) {
      awaitWindow(phone);
    }
  }

  private void awaitWindow(SimulatedPhone phone) {
    double interval = air.model().inquiry().scanInterval();
    double phase = interval * air.chance().of(Draw.SCAN_PHASE, phone.key(), 0, 0);
    double since = (air.clock() - phase) / interval;
    double wait = (Math.floor(since + 1e-6) + 1 - since) * interval;
    air.loop().after(AirModel.seconds(wait), () -> listens(phone));
  }

  /** The phone's scan window is open: 11.25 ms, a moment for us. */
  private void listens(SimulatedPhone phone) {
    if (isDone(phone)) {
      return;
    }
    if (!covers(phone)) {
      awaitWindow(phone);
    } else if (phone.traits().scan() == Scan.V1_1) {
      double backoff =
          air.model().inquiry().backoff()
              * air.chance().of(Draw.BACKOFF, phone.key(), number, window());
      air.loop().after(AirModel.seconds(backoff), () -> listensAgain(phone));
    } else {
      answers(phone);
    }
  }

  private void listensAgain(SimulatedPhone phone) {
    if (isDone(phone)) {
      return;
    }
    if (covers(phone)) {
      answers(phone);
    } else {
      awaitWindow(phone);
    }
  }

  private void answers(SimulatedPhone phone) {
    if (!isFirstFor(phone) || isLost(phone)) {
      awaitWindow(phone);
      return;
    }
    Sighting sighting =
        new Sighting(
            phone.address(),
            phone.traits().classOfDevice(),
            OptionalInt.of(phone.rssi(window())),
            null,
            phone.traits().services(),
            phone.traits().services() != null,
            adapter.id(),
            air.now());
    try {
      onSighting.accept(sighting);
    } catch (RuntimeException e) {
      log.warn("A listener to sightings failed; the look goes on", e);
    }
  }

  private boolean isDone(SimulatedPhone phone) {
    if (over) {
      return true;
    }
    if (!phone.isDiscoverable()) {
      followed.remove(phone); // should it show itself again, it is found again
      return true;
    }
    return false;
  }

  /** Whether the train that is being sent has the phone's frequency. */
  private boolean covers(SimulatedPhone phone) {
    if (phone.traits().scan() == Scan.V1_2_INTERLACED) {
      return true;
    }
    boolean inA = air.chance().of(Draw.TRAIN_OF_PAIR, phone.key(), adapter.number(), 0) < 0.5;
    long trains = (long) ((air.clock() - from) / air.model().inquiry().train());
    boolean sendsA = beginsWithA == (trains % 2 == 0);
    return inA == sendsA;
  }

  /**
   * Of several looks that a phone could answer, it answers the one it hears first: for v1.2 the
   * same one each time, as long as they go on.
   */
  private boolean isFirstFor(SimulatedPhone phone) {
    double mine = turn(phone);
    return air.looks().stream()
        .noneMatch(other -> other != this && other.covers(phone) && other.turn(phone) < mine);
  }

  private double turn(SimulatedPhone phone) {
    long window = phone.traits().scan() == Scan.V1_1 ? window() : 0;
    return air.chance().of(Draw.HEARD_FIRST, phone.key(), number, window);
  }

  private boolean isLost(SimulatedPhone phone) {
    AirModel.Inquiry inquiry = air.model().inquiry();
    double heard = 1 - inquiry.answerLost();
    heard *= Math.pow(1 - inquiry.lostByOtherInquirer(), air.looks().size() - 1.0);
    heard *= Math.pow(1 - inquiry.lostByIdleLink(), adapter.linksOpen());
    if (adapter.isPaging()) {
      heard *= inquiry.heardWhilePaging();
    }
    if (adapter.isSending()) {
      heard *= inquiry.heardWhileSending();
    }
    return air.chance().of(Draw.ANSWER_LOST, phone.key(), number, window()) >= heard;
  }

  /** A number for this moment's scan window, in milliseconds. */
  private long window() {
    return Math.round(air.clock() * 1000);
  }
}
