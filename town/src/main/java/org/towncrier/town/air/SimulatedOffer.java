package org.towncrier.town.air;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.Offer;
import org.towncrier.hardware.OfferResult;
import org.towncrier.hardware.OfferResult.End;
import org.towncrier.hardware.PushObject;
import org.towncrier.hardware.emulator.PhoneBehaviour;
import org.towncrier.hardware.emulator.PhoneBehaviour.DropsLink;
import org.towncrier.town.air.Chance.Draw;

/** One offer played out: page, set-up, service search, OBEX, prompt, transfer. */
final class SimulatedOffer implements Offer {
  private static final int SUCCESS = 0xA0;
  private static final int CONTINUE = 0x90;
  private static final int FORBIDDEN = 0xC3;
  private static final int UNAVAILABLE = 0xD3;

  private final VirtualAir air;
  private final SimulatedRadio radio;
  private final SimulatedAdapter adapter;
  private final BluetoothAddress address;
  private final @Nullable SimulatedPhone phone;
  private final PushObject object;
  private final Instant began;
  private final CompletableFuture<OfferResult> result = new CompletableFuture<>();
  private OptionalInt response = OptionalInt.empty();
  private boolean linked;
  private boolean sending;
  private boolean finalPacketSent;
  private boolean over;
  private int page;

  SimulatedOffer(
      VirtualAir air,
      SimulatedRadio radio,
      SimulatedAdapter adapter,
      BluetoothAddress address,
      PushObject object) {
    this.air = air;
    this.radio = radio;
    this.adapter = adapter;
    this.address = address;
    this.phone = air.phone(address);
    this.object = object;
    this.began = air.now();
  }

  BluetoothAddress address() {
    return address;
  }

  boolean isLinked() {
    return linked;
  }

  boolean isSending() {
    return sending;
  }

  void begin(Duration deadline) {
    air.loop()
        .after(
            deadline,
            () -> {
              if (!over) {
                end(linked ? End.DEADLINE : End.NOT_REACHED);
              }
            });
    adapter.take(this);
  }

  @Override
  public CompletionStage<OfferResult> result() {
    return result;
  }

  @Override
  public void withdraw() {
    end(End.WITHDRAWN);
  }

  /** Its adapter is free to page the phone. */
  void page() {
    AirModel.Link link = air.model().link();
    SimulatedPhone called = phone;
    if (called == null || !called.isHere() || behaviour() instanceof PhoneBehaviour.OutOfReach) {
      unheard(link.pageTimeout());
      return;
    }
    page = called.nextPage();
    double lost =
        link.pageLostFar() + (link.pageLostNear() - link.pageLostFar()) * called.nearness();
    double took = link.pageScanInterval() * draw(Draw.PAGE_TIME);
    if (draw(Draw.WRONG_TRAIN) < link.wrongTrain()) {
      took += link.otherTrain();
    }
    took *= slowness();
    if (draw(Draw.PAGE_LOST) < lost || took >= link.pageTimeout()) {
      unheard(link.pageTimeout());
      return;
    }
    double left = link.pageTimeout() - took;
    in(took, () -> answered(called, left));
  }

  private void unheard(double seconds) {
    in(seconds, () -> end(End.NOT_REACHED));
  }

  private void answered(SimulatedPhone called, double left) {
    if (!called.isHere()) {
      unheard(left);
      return;
    }
    adapter.paged(this);
    linked = true;
    called.linked(this);
    breakSomeTime();
    AirModel.Link link = air.model().link();
    step(between(link.setUpFrom(), link.setUpTo(), Draw.SET_UP), this::search);
  }

  private void breakSomeTime() {
    double perSecond = air.model().link().lostPerMinute() / 60;
    if (perSecond > 0) {
      in(-Math.log(1 - draw(Draw.BREAK)) / perSecond, () -> end(End.LINK_LOST));
    }
  }

  private void search() {
    if (radio.knowsChannel(address)) {
      connect();
      return;
    }
    AirModel.Link link = air.model().link();
    step(
        between(link.sdpFrom(), link.sdpTo(), Draw.SDP),
        () -> {
          if (behaviour() instanceof PhoneBehaviour.NoObjectPush) {
            end(End.NO_OBJECT_PUSH);
          } else {
            radio.learnChannel(address);
            connect();
          }
        });
  }

  /** RFCOMM, OBEX CONNECT and the headers, up to the first body packet. */
  private void connect() {
    AirModel.Link link = air.model().link();
    step(
        between(link.obexFrom(), link.obexTo(), Draw.OBEX),
        () -> {
          PhoneBehaviour behaviour = behaviour();
          if (behaviour instanceof PhoneBehaviour.Busy) {
            refuse(UNAVAILABLE);
            return;
          }
          if (goesWrong(DropsLink.At.CONNECT)) {
            return;
          }
          response = OptionalInt.of(SUCCESS);
          if (behaviour instanceof PhoneBehaviour.Refuses refuses) {
            refuse(refuses.code());
            return;
          }
          if (goesWrong(DropsLink.At.HEADERS)) {
            return;
          }
          response = OptionalInt.of(CONTINUE);
          if (!goesWrong(DropsLink.At.FIRST_BODY)) {
            prompt();
          }
        });
  }

  private void prompt() {
    present().prompted(object);
    PhoneBehaviour behaviour = behaviour();
    if (behaviour instanceof PhoneBehaviour.Declines declines) {
      stepAfter(declines.after(), () -> refuse(FORBIDDEN));
    } else if (behaviour instanceof PhoneBehaviour.Ignores ignores) {
      stepAfter(ignores.until(), () -> refuse(FORBIDDEN));
    } else if (behaviour instanceof PhoneBehaviour.Accepts accepts) {
      stepAfter(accepts.after(), this::transfer);
    } else {
      transfer();
    }
  }

  private void transfer() {
    sending = true;
    AirModel.Link link = air.model().link();
    double seconds = object.content().length / link.bytesPerSecond() * adapter.sending();
    step(seconds, this::finish);
  }

  private void finish() {
    sending = false;
    finalPacketSent = true;
    if (drops(DropsLink.At.FINAL_LOST)) {
      end(End.LINK_LOST);
      return;
    }
    if (stalls(DropsLink.At.FINAL_LOST)) {
      return;
    }
    present().received(object);
    if (drops(DropsLink.At.FINAL_KEPT)) {
      end(End.LINK_LOST);
    } else if (!stalls(DropsLink.At.FINAL_KEPT)) {
      step(
          air.model().link().answer(),
          () -> {
            response = OptionalInt.of(SUCCESS);
            end(End.ACCEPTED);
          });
    }
  }

  /** The phone walked away: the link hangs until its supervision gives it up. */
  void phoneLeft() {
    in(air.model().link().supervisionTimeout(), () -> end(End.LINK_LOST));
  }

  private void refuse(int code) {
    response = OptionalInt.of(code);
    end(End.REFUSED);
  }

  void end(End how) {
    if (over) {
      return;
    }
    over = true;
    linked = false;
    sending = false;
    if (phone != null) {
      phone.unlinked(this);
    }
    Duration took = Duration.between(began, air.now());
    adapter.release(this, took.toNanos() / 1e9);
    OfferResult ended = new OfferResult(how, finalPacketSent, response, took, "simulated");
    radio.ended(this, ended);
    air.loop().execute(() -> result.complete(ended));
  }

  private boolean goesWrong(DropsLink.At at) {
    if (drops(at)) {
      end(End.LINK_LOST);
      return true;
    }
    return stalls(at);
  }

  private boolean drops(DropsLink.At at) {
    return behaviour() instanceof DropsLink drops && drops.at() == at;
  }

  private boolean stalls(DropsLink.At at) {
    return behaviour() instanceof PhoneBehaviour.Stalls stalls && stalls.at() == at;
  }

  private void step(double seconds, Runnable step) {
    stepAfter(AirModel.seconds(seconds * slowness()), step);
  }

  /** What the phone has to be there for. */
  private void stepAfter(Duration delay, Runnable step) {
    air.loop()
        .after(
            delay,
            () -> {
              if (!over && present().isHere()) {
                step.run();
              }
            });
  }

  private void in(double seconds, Runnable task) {
    air.loop()
        .after(
            AirModel.seconds(seconds),
            () -> {
              if (!over) {
                task.run();
              }
            });
  }

  private double slowness() {
    return adapter.isLooking() ? air.model().link().slowedByLooking() : 1;
  }

  private double between(double from, double to, Draw what) {
    return air.chance().between(from, to, what, address.value(), page);
  }

  private double draw(Draw what) {
    return air.chance().of(what, address.value(), page, 0);
  }

  private PhoneBehaviour behaviour() {
    return present().traits().behaviour();
  }

  private SimulatedPhone present() {
    SimulatedPhone linkedTo = phone;
    if (linkedTo == null) {
      throw new IllegalStateException("There is nobody at the other end");
    }
    return linkedTo;
  }
}
