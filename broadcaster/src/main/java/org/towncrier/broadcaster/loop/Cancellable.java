package org.towncrier.broadcaster.loop;

/** Work that was asked for and may be called off. */
@FunctionalInterface
public interface Cancellable {
  /** Nothing happens if the work has already been done or called off. */
  void cancel();
}
