package org.towncrier.town.reach;

import java.util.List;
import org.towncrier.broadcaster.loop.VirtualEventLoop;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.PushObject;
import org.towncrier.hardware.Radio;

/** A way to work a street: when to look, and whom to offer what is on air. */
public interface Policy {
  /** Its name in figures. */
  String name();

  /**
   * Begins to work the street. All of it happens on the loop.
   *
   * @param radio not started; closed by the caller
   * @return ends it, and frees what it holds
   */
  Worker begin(VirtualEventLoop loop, Radio radio, List<AdapterId> adapters, PushObject object);

  /** A policy at work. */
  @FunctionalInterface
  interface Worker extends AutoCloseable {
    @Override
    void close();
  }
}
