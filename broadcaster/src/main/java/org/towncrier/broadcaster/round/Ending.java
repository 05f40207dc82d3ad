package org.towncrier.broadcaster.round;

/**
 * Told how a command of the console ended, in words for the person who gave it; they name no phone.
 */
@FunctionalInterface
interface Ending {
  /**
   * Once, when it is over.
   *
   * @param done whether it came to what was asked for: a phone was found, or asked
   */
  void ended(boolean done, String detail);
}
