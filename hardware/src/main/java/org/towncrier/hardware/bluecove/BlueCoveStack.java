package org.towncrier.hardware.bluecove;

import java.io.IOException;
import java.util.Map;

/** Which Bluetooth stack BlueCove drives. */
public interface BlueCoveStack {
  /**
   * Makes the stack ready for one adapter; called before each opening of it, on a thread that may
   * block.
   *
   * @return BlueCove's configuration properties for this adapter
   * @throws IOException if the stack can't be had, with what to do about it
   */
  Map<String, String> prepare(AdapterSettings adapter) throws IOException;

  /**
   * Sees to it that an open adapter still is as it was made ready; called with each probe of it, on
   * a thread that may block.
   *
   * @throws IOException if it can't be used as it is, with what to do: it is then opened afresh
   */
  default void uphold(AdapterSettings adapter) throws IOException {}

  /**
   * Whether an inquiry carries the phones' names. Where it doesn't, asking for one costs a page, so
   * nobody asks.
   */
  boolean inquiryCarriesNames();
}
