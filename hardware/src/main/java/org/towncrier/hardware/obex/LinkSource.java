package org.towncrier.hardware.obex;

/** Where an offer gets its link from: everything that comes before the first OBEX byte. */
public interface LinkSource {
  /**
   * Finds the phone's Object Push service and opens a link to it. Blocks.
   *
   * @throws LinkFailure if there is no link to be had
   */
  ObexLink open() throws LinkFailure;

  /**
   * Whether the adapter still works, asked after a link was lost to tell a phone that left from a
   * radio that failed. May block shortly.
   */
  boolean healthy();
}
