package org.towncrier.broadcaster.machine;

/**
 * One thing a check found.
 *
 * @param about what was looked at, in a word or two
 * @param found how it is: counts, never an address
 * @param advice what to do about it; empty when nothing has to be done
 */
public record Finding(Level level, String about, String found, String advice) {
  /** What it means for the node. */
  public enum Level {
    /** As it should be. */
    OK,
    /** Worth knowing; the node can go on. */
    NOTE,
    /** The node would speak, and something bad could come of it: mend it first. */
    RISK,
    /** It would keep the node silent. */
    PROBLEM
  }

  static Finding ok(String about, String found) {
    return new Finding(Level.OK, about, found, "");
  }

  static Finding note(String about, String found, String advice) {
    return new Finding(Level.NOTE, about, found, advice);
  }

  static Finding risk(String about, String found, String advice) {
    return new Finding(Level.RISK, about, found, advice);
  }

  static Finding problem(String about, String found, String advice) {
    return new Finding(Level.PROBLEM, about, found, advice);
  }
}
