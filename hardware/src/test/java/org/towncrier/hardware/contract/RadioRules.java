package org.towncrier.hardware.contract;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.AdapterStatus;
import org.towncrier.hardware.AdapterStatus.Health;
import org.towncrier.hardware.Offer;
import org.towncrier.hardware.OfferResult;
import org.towncrier.hardware.PushObject;
import org.towncrier.hardware.Radio;
import org.towncrier.hardware.emulator.PhoneBehaviour;

/** What the parts of the contract share. */
interface RadioRules {
  Duration LONG = Duration.ofMinutes(10);
  Duration MINUTE = Duration.ofMinutes(1);
  Duration SOON = Duration.ofMillis(50);
  PushObject OBJECT = new PushObject("last-bus.txt", "text/plain", new byte[] {'1', '1', '9'});

  RadioRig rig();

  /** The rig's radio, started, with both adapters up. */
  Radio radio() throws Exception;

  /** Every status the radio told of. */
  Queue<AdapterStatus> told();

  default PhoneBehaviour accepting() {
    return new PhoneBehaviour.Accepts(SOON);
  }

  default PhoneBehaviour stalled() {
    return new PhoneBehaviour.Ignores(LONG);
  }

  default Offer offer(RadioRig.Phone to) throws Exception {
    return radio().offer(RadioRig.FIRST, to.address(), OBJECT, MINUTE);
  }

  default OfferResult offered(RadioRig.Phone to) throws Exception {
    return rig().await(offer(to).result());
  }

  default void awaitPrompt(RadioRig.Phone phone) throws Exception {
    rig().await("the phone asks its owner", () -> !phone.prompts().isEmpty());
  }

  default void awaitHealth(AdapterId adapter, Health health) throws Exception {
    Radio radio = rig().radio();
    rig()
        .await(
            adapter + " is " + health,
            () ->
                radio.adapters().stream()
                    .anyMatch(a -> a.adapter().equals(adapter) && a.health() == health));
  }

  static <T> Queue<T> queue() {
    return new ConcurrentLinkedQueue<>();
  }
}
