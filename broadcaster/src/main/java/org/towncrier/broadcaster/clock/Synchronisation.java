package org.towncrier.broadcaster.clock;

/** Whether something has set this machine's clock since it started. */
@FunctionalInterface
public interface Synchronisation {
  /** Looks; may take seconds, so never on the event loop. */
  Finding look();

  /**
   * What a look found.
   *
   * @param machineBoot this start of the machine, so that it need not be proven again after a
   *     restart of the node; empty when it can't be told
   * @param detail in words for the person who looks after the node
   */
  record Finding(boolean synchronised, String machineBoot, String detail) {}

  /** The clock is believed as it is. For demonstrations and tests. */
  static Synchronisation notAsked() {
    return () -> new Finding(true, "", "believed as it is (clock.trust: system)");
  }
}
