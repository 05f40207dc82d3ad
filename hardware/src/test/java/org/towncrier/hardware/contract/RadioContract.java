package org.towncrier.hardware.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.towncrier.hardware.AdapterStatus;
import org.towncrier.hardware.AdapterStatus.Health;
import org.towncrier.hardware.Radio;

/**
 * What every {@link Radio} must do. Every rule of its Javadoc, and every way an offer can end, is a
 * test; after each of them, whatever it did, nothing may be left open.
 */
@SuppressWarnings("NullAway.Init") // JUnit fills the rig in
public abstract class RadioContract implements LookRules, OfferRules, OfferEndRules, AdapterRules {
  private final Queue<AdapterStatus> told = new ConcurrentLinkedQueue<>();
  private RadioRig rig;
  private boolean started;

  /** A new rig. */
  protected abstract RadioRig newRig() throws Exception;

  @BeforeEach
  void build() throws Exception {
    rig = newRig();
  }

  @AfterEach
  void nothing_is_left_open() throws Exception {
    rig.radio().close();
    try {
      rig.await("nothing is left open", () -> leftovers() == 0);
    } finally {
      assertThat(rig.leftovers()).isEmpty();
      rig.close();
    }
  }

  @Override
  public RadioRig rig() {
    return rig;
  }

  @Override
  public Queue<AdapterStatus> told() {
    return told;
  }

  @Override
  public Radio radio() throws Exception {
    if (!started) {
      started = true;
      rig.radio().start(told::add);
      awaitHealth(RadioRig.FIRST, Health.UP);
      awaitHealth(RadioRig.SECOND, Health.UP);
    }
    return rig.radio();
  }

  private int leftovers() {
    try {
      return rig.leftovers().size();
    } catch (Exception e) {
      throw new AssertionError("The rig can't say what is left open", e);
    }
  }
}
